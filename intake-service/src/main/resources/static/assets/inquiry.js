/** The citizen's form: finds categories by words, and warns of identity numbers before they are sent. */

const search = document.querySelector('#search');
const choices = [...document.querySelectorAll('label[data-words]')];
const found = document.querySelector('#found');

function find() {
  const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const label of choices) {
    const fits = words.every(word => label.dataset.words.includes(word));
    label.hidden = !fits;
    count += fits ? 1 : 0;
  }
  found.textContent = words.length === 0 ? ''
    : count ? found.dataset.words.replace('{0}', count) : found.dataset.none;
}

if (search) {
  document.querySelector('[data-search]').hidden = false;
  search.addEventListener('input', find);
  search.addEventListener('keydown', event => {
    if (event.key === 'Enter') {
      event.preventDefault();
      const first = choices.find(label => !label.hidden);
      if (first) {
        first.querySelector('input').click();
        first.querySelector('input').focus();
      }
    }
  });
}

/** A date of birth and seven digits: only to warn; what is kept is masked by the server in any case. */
const IDENTITY = /(?<!\d)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[\s\-‐-―−.]{0,3}[1-8]\d{6}(?!\d)/;
const warning = document.querySelector('#identity');
const written = document.querySelector('#text');
if (written && warning) {
  const check = () => {
    warning.hidden = !IDENTITY.test(written.value.normalize('NFKC'));
  };
  written.addEventListener('input', check);
  check();
}

const problem = document.querySelector('.error-list');
if (problem) {
  problem.focus();
}
