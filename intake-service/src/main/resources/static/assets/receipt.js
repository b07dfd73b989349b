/** The receipt: copies its number, prints, and shows what changed without losing what is being typed. */

const EVERY = 4000;
const copy = document.querySelector('[data-copy]');
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
    document.querySelector('#announced').textContent = copy.dataset.done;
    copy.textContent = copy.dataset.done;
  });
}
const print = document.querySelector('[data-print]');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}

function isTyping() {
  const typed = document.querySelector('#after textarea');
  return typed !== null && typed.value !== '';
}

function show(page) {
  const [now, then] = [document.querySelector('#status'), page.querySelector('#status')];
  if (then === null || now.dataset.version === then.dataset.version) {
    return;
  }
  now.replaceWith(document.adoptNode(then));
  document.querySelector('#announced').textContent = then.dataset.word;
  const [old, after] = [document.querySelector('#after'), page.querySelector('#after')];
  if (after !== null && !isTyping()) {
    old.replaceWith(document.adoptNode(after));
  }
}

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, {headers: {Accept: 'text/html'}, credentials: 'same-origin'});
      if (answer.ok) {
        show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      }
    } catch (away) {
      // The next look tries again; what is shown stays as it was.
    }
  }
  setTimeout(look, EVERY);
}
setTimeout(look, EVERY);
