/** The switch between the light and the dark, high-contrast look; a cookie keeps it for all services and the server. */

const COOKIE = 'barocall_theme';

/** The theme in effect: that of the switch, else the system's. */
export function themeOf(root, systemIsDark) {
  return root.dataset.theme || (systemIsDark ? 'dark' : 'light');
}

export function cookieFor(theme) {
  return `${COOKIE}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

/** Makes every `[data-theme-switch]` button of the page work. */
export function startThemeSwitch(doc = document) {
  const root = doc.documentElement;
  const system = doc.defaultView.matchMedia('(prefers-color-scheme: dark)');
  const buttons = [...doc.querySelectorAll('[data-theme-switch]')];
  const show = () => {
    const dark = themeOf(root, system.matches) === 'dark';
    for (const button of buttons) {
      button.hidden = false;
      const word = button.querySelector('[data-theme-word]') || button;
      word.textContent = dark ? button.dataset.light : button.dataset.dark;
    }
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const theme = themeOf(root, system.matches) === 'dark' ? 'light' : 'dark';
      root.dataset.theme = theme;
      doc.cookie = cookieFor(theme);
      show();
      doc.dispatchEvent(new CustomEvent('barocall:theme', {detail: theme}));
    });
  }
  system.addEventListener('change', show);
  show();
}
