/** Finds any case of the city while one types, in a list below the field that is gone through by keyboard. */

import {post} from './api.js';
import {make} from './live.js';
import {showTimes} from './time.js';

const PAUSE = 250;
const FEWEST_LETTERS = 2;

/**
 * @param field where one types, box what appears below it, url who answers
 * @param open is given the case that was taken
 * @returns close() ends it, begin() goes to the field and what was looked for last
 */
export function searchAmongAll({field, box, url, words, badge, open}) {
  const list = box.querySelector('[role=listbox]');
  const status = box.querySelector('[data-found-status]');
  let found = [];
  let active = -1;
  let pausing = null;
  let searching = null;
  /** Who presses Enter before the answer is there gets the case if it is the only one. */
  let openIfAlone = false;

  function shows(on) {
    box.hidden = !on;
    box.closest('.desk-column').classList.toggle('is-searching', on);
    field.setAttribute('aria-expanded', String(on && found.length > 0));
  }

  /** What was asked and is not answered yet is of no interest any more. */
  function overtaken() {
    clearTimeout(pausing);
    pausing = null;
    if (searching) {
      searching.abort();
      searching = null;
    }
  }

  function close() {
    overtaken();
    openIfAlone = false;
    found = [];
    list.replaceChildren();
    activate(-1);
    shows(false);
  }

  function activate(i) {
    active = i;
    [...list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === i)));
    if (i < 0) {
      field.removeAttribute('aria-activedescendant');
    } else {
      field.setAttribute('aria-activedescendant', list.children[i].id);
      list.children[i].scrollIntoView({block: 'nearest'});
    }
  }

  function row(one, i) {
    return make('li', {role: 'option', id: `found-${i}`, class: 'list-item', 'data-found-at': i, 'aria-selected': 'false'},
      make('span', {class: 'badges'},
        badge(words.state[one.state] || one.state, one.waiting ? 'new' : 'done'), badge(words.channel[one.channel] || one.channel),
        words.by[one.by] ? badge(words.by[one.by]) : null),
      make('span', {class: 'list-title'}, one.words || one.categoryName || words.noWords),
      make('span', {class: 'list-meta'},
        make('span', {}, one.receiptNumber || ''), one.receivedAt ? make('time', {datetime: one.receivedAt, 'data-show': 'date'}) : null,
        make('span', {}, one.categoryName || ''), make('span', {}, one.departmentName || ''), make('span', {}, one.agentName || '')));
  }

  function sentence(answer) {
    const n = answer.cases.length;
    const said = [answer.more ? words.foundMore(n) : n ? words.found(n) : words.foundNothing];
    return (answer.ready ? said : [...said, words.foundNotReady]).join(' ');
  }

  async function ask(typed) {
    overtaken();
    const mine = new AbortController();
    searching = mine;
    try {
      const answer = await post(url, {q: typed}, {signal: mine.signal});
      if (searching !== mine) {
        return;
      }
      searching = null;
      found = answer.cases;
      list.replaceChildren(...found.map(row));
      showTimes(list);
      status.textContent = sentence(answer);
      shows(true);
      activate(found.length ? 0 : -1);
      if (openIfAlone && found.length === 1) {
        take(0);
      }
      openIfAlone = false;
    } catch (problem) {
      if (searching === mine) {
        close();
        shows(true);
        status.textContent = problem.message;
      }
    }
  }

  function lookFor() {
    overtaken();
    openIfAlone = false;
    const typed = field.value.trim();
    if ([...typed].filter(sign => /[\p{L}\p{N}]/u.test(sign)).length < FEWEST_LETTERS) {
      close();
      return;
    }
    if (box.hidden) {
      status.textContent = words.searching;
      shows(true);
    }
    pausing = setTimeout(() => ask(typed), PAUSE);
  }

  function take(i) {
    const one = found[i];
    close();
    field.blur();
    open(one);
  }

  field.addEventListener('input', lookFor);
  field.addEventListener('keydown', event => {
    // Enter that ends the writing of a syllable is not for us.
    if (event.isComposing) {
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      if (pausing || searching) {
        const typed = field.value.trim();
        openIfAlone = true;
        if (pausing) {
          ask(typed);
        }
      } else if (active >= 0) {
        take(active);
      }
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && found.length) {
      event.preventDefault();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      activate((active + by + found.length) % found.length);
    } else if (event.key === 'Escape') {
      field.value = '';
      close();
    }
  });
  list.addEventListener('click', event => {
    const option = event.target.closest('[data-found-at]');
    if (option) {
      take(Number(option.dataset.foundAt));
    }
  });

  /** What was looked for last is there again, to be gone through or typed over. */
  function begin() {
    field.focus();
    field.select();
    lookFor();
  }

  return {close, begin};
}
