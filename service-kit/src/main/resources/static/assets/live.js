/**
 * What changes on a page by itself. One stream of server-sent events a page; its state is always visible; it resumes by
 * itself; lists and figures change in place.
 */

import {language} from './api.js';
import {clockText, showTimes} from './time.js';

const WORDS = {
  ko: {
    connecting: '연결 중', open: '연결됨', lost: since => `다시 연결 중 · ${since}부터`, stale: since => `${since} 자료 · 갱신 대기`,
    login: '다시 로그인하십시오', news: n => `새 민원 ${n}건`,
  },
  en: {
    connecting: 'Connecting', open: 'Connected', lost: since => `Reconnecting · since ${since}`, stale: since => `Data of ${since} · waiting`,
    login: 'Log in again', news: n => `${n} new`,
  },
};
const SILENCE = 40_000;
const FIRST_RETRY = 1_000;
const LONGEST_RETRY = 15_000;

/** How long to wait before the nth try, spread so that screens do not all come back at once. */
export function retryDelay(tries, random = Math.random) {
  return Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(tries, 6)) * (0.5 + random() / 2);
}

/**
 * Opens the page's stream.
 *
 * @param url of the stream
 * @param on what to do with each kind of event: `{picture: data => …, snapshot: …, changes: …}`; `state` is told the state
 * @returns `{close(), state()}`; states are connecting, open, lost, stale (the connection holds, but the data is old), login
 */
export function connect(url, on, doc = document) {
  const words = WORDS[language(doc)];
  const zone = doc.body.dataset.zone || undefined;
  let source = null;
  let state = '';
  let heard = Date.now();
  let lostSince = null;
  let lastId = null;
  let tries = 0;
  let timer = null;
  let closed = false;

  function show(next, since) {
    const word = next === 'lost' || next === 'stale' ? words[next](clockText(since, zone)) : words[next];
    for (const place of doc.querySelectorAll('[data-live-status]')) {
      place.dataset.state = next === 'stale' || next === 'login' ? 'lost' : next;
      const text = place.querySelector('.live-word') || place;
      if (text.textContent !== word) {
        text.textContent = word;
      }
    }
    doc.body.classList.toggle('is-stale-page', next !== 'open' && next !== 'connecting');
    if (state !== next) {
      state = next;
      if (on.state) {
        on.state(next, since);
      }
    }
  }

  function alive(event) {
    heard = Date.now();
    lostSince = null;
    tries = 0;
    if (event && event.lastEventId) {
      lastId = event.lastEventId;
    }
  }

  function lost() {
    lostSince = lostSince || heard;
    show('lost', lostSince);
  }

  function again() {
    clearTimeout(timer);
    if (source) {
      source.close();
    }
    if (!closed) {
      lost();
      timer = setTimeout(open, retryDelay(tries));
      tries += 1;
    }
  }

  /** An event source that was refused does not say why; a log-in that ended must be said. */
  async function whyRefused() {
    const abort = new AbortController();
    try {
      const answer = await fetch(url, {headers: {Accept: 'text/event-stream'}, signal: abort.signal, redirect: 'manual'});
      const out = answer.status === 401 || answer.status === 403 || answer.type === 'opaqueredirect';
      abort.abort();
      return out ? 'login' : 'lost';
    } catch {
      return 'lost';
    }
  }

  function open() {
    const at = new URL(url, doc.baseURI);
    if (lastId) {
      at.searchParams.set('lastEventId', lastId);
    }
    const mine = new EventSource(at);
    source = mine;
    mine.addEventListener('open', () => {
      alive();
      show('open');
    });
    mine.addEventListener('beat', event => {
      alive(event);
    });
    mine.addEventListener('over', event => {
      alive(event);
      mine.close();
      timer = setTimeout(open, retryDelay(0));
    });
    mine.addEventListener('stale', event => {
      alive(event);
      show('stale', JSON.parse(event.data).since);
    });
    for (const [name, act] of Object.entries(on)) {
      if (name === 'state') {
        continue;
      }
      mine.addEventListener(name, event => {
        alive(event);
        show('open');
        act(JSON.parse(event.data), event);
      });
    }
    mine.addEventListener('error', async () => {
      if (mine !== source || closed) {
        return;
      }
      if (mine.readyState === EventSource.CLOSED) {
        const why = await whyRefused();
        if (mine === source && !closed) {
          again();
          if (why === 'login') {
            show('login');
          }
        }
      } else {
        lost();
      }
    });
  }

  const watch = setInterval(() => {
    if (Date.now() - heard > SILENCE && state !== 'login') {
      heard = Math.max(heard, Date.now() - SILENCE + 10_000);
      again();
    }
  }, 5_000);

  function close() {
    closed = true;
    clearInterval(watch);
    clearTimeout(timer);
    if (source) {
      source.close();
    }
  }

  show('connecting');
  open();
  doc.defaultView.addEventListener('pagehide', close, {once: true});
  doc.defaultView.addEventListener('pageshow', event => {
    if (event.persisted) {
      doc.defaultView.location.reload();
    }
  });
  return {close, state: () => state};
}

/** Marks an element as changed for a moment. */
function mark(element, name = 'just-changed') {
  element.classList.remove(name);
  void element.offsetWidth;
  element.classList.add(name);
  element.addEventListener('animationend', () => element.classList.remove(name), {once: true});
}

/** Sets a text where it differs, and nowhere else. */
export function patchText(element, text, {quiet = false} = {}) {
  const now = String(text);
  if (element && element.textContent !== now) {
    const first = element.textContent === '';
    element.textContent = now;
    if (!quiet && !first) {
      mark(element);
    }
    return true;
  }
  return false;
}

/** A number as it is read here: with thousands separators; what is missing is a dash. */
export function numberText(value, lang = 'ko', digits = 0) {
  return value === null || value === undefined || Number.isNaN(value)
    ? '–' : new Intl.NumberFormat(lang === 'ko' ? 'ko-KR' : 'en-GB', {maximumFractionDigits: digits}).format(value);
}

/** Puts the members of an object where the page says `data-figure="path.to.member"`. */
export function patchFigures(root, figures) {
  const lang = language(root.ownerDocument || root);
  for (const element of root.querySelectorAll('[data-figure]')) {
    let value = figures;
    for (const step of element.dataset.figure.split('.')) {
      value = value === null || value === undefined ? undefined : value[step];
    }
    const text = typeof value === 'number' ? numberText(value, lang, Number(element.dataset.digits || 0)) : value;
    patchText(element, text === undefined || text === null ? '–' : text);
  }
}

/** Makes one element equal to another, touching only what differs: focus, selection and scroll stay. */
export function morph(from, to) {
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) {
    from.replaceWith(to);
    return to;
  }
  if (from.nodeType !== 1) {
    if (from.nodeValue !== to.nodeValue) {
      from.nodeValue = to.nodeValue;
    }
    return from;
  }
  for (const {name, value} of [...to.attributes]) {
    if (from.getAttribute(name) !== value) {
      from.setAttribute(name, value);
    }
  }
  for (const {name} of [...from.attributes]) {
    if (!to.hasAttribute(name)) {
      from.removeAttribute(name);
    }
  }
  const [old, now] = [[...from.childNodes], [...to.childNodes]];
  now.forEach((child, i) => {
    if (old[i]) {
      morph(old[i], child);
    } else {
      from.append(child);
    }
  });
  old.slice(now.length).forEach(child => child.remove());
  return from;
}

function scroller(element) {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/(auto|scroll)/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) {
      return at;
    }
  }
  return null;
}

/**
 * A list whose rows are known by key. `apply(snapshot or changes)` brings it up to date: changed rows in place, rows that went
 * away leave, new ones come in quietly; those that would push what is being read out of sight wait behind a bar.
 */
export class KeyedList {
  /**
   * @param container the `<ul>` or `<tbody>`
   * @param render a row's data → its element; called for new and changed rows
   * @param keyOf a row's data → its key
   * @param options news: n → words of the bar; empty: an element to show while there is no row; changed: told after each change
   */
  constructor(container, render, keyOf, {news, empty, changed} = {}) {
    this.container = container;
    this.render = render;
    this.keyOf = keyOf;
    this.news = news || WORDS[language(container.ownerDocument)].news;
    this.empty = empty || null;
    this.changed = changed || (() => {});
    this.rows = new Map();
    this.order = [];
    this.waiting = new Set();
    this.elements = new Map();
    this.bar = null;
    for (const element of container.querySelectorAll(':scope > [data-key]')) {
      this.elements.set(element.dataset.key, element);
    }
  }

  /** Applies `{rows}` (all of them) or `{put, gone, order}` (what changed). */
  apply(data) {
    const first = this.order.length === 0 && this.elements.size === 0;
    if (data.rows) {
      this.rows = new Map(data.rows.map(row => [this.keyOf(row), row]));
      this.order = [...this.rows.keys()];
      this.draw(this.order, first);
    } else {
      for (const key of data.gone || []) {
        this.rows.delete(key);
      }
      const put = (data.put || []).map(row => this.keyOf(row));
      (data.put || []).forEach(row => this.rows.set(this.keyOf(row), row));
      this.order = (data.order || [...this.order, ...put.filter(key => !this.order.includes(key))]).filter(key => this.rows.has(key));
      this.draw(put, first);
    }
    this.changed(this);
  }

  /** The rows in order, those behind the bar included. */
  all() {
    return this.order.map(key => this.rows.get(key));
  }

  /** Where in the order the first row stands that the reader sees; 0 when the top of the list is in view. */
  firstInView() {
    const box = scroller(this.container);
    const edge = box ? Math.max(0, box.getBoundingClientRect().top) : 0;
    if (this.container.getBoundingClientRect().top >= edge - 8) {
      return 0;
    }
    return Math.max(0, this.order.findIndex(key => {
      const element = this.elements.get(key);
      return element && element.getBoundingClientRect().bottom > edge;
    }));
  }

  draw(touched, first) {
    for (const [key, element] of this.elements) {
      if (!this.rows.has(key)) {
        this.remove(key, element);
      }
    }
    for (const key of this.waiting) {
      if (!this.rows.has(key)) {
        this.waiting.delete(key);
      }
    }
    for (const key of touched) {
      const old = this.elements.get(key);
      if (old) {
        this.update(key, old);
      }
    }
    const inView = first ? 0 : this.firstInView();
    this.order.slice(0, inView).filter(key => !this.elements.has(key)).forEach(key => this.waiting.add(key));
    this.place(first);
  }

  update(key, old) {
    const fresh = this.make(key);
    for (const kept of ['aria-current', 'aria-selected', 'aria-expanded', 'tabindex']) {
      if (old.hasAttribute(kept) && !fresh.hasAttribute(kept)) {
        fresh.setAttribute(kept, old.getAttribute(kept));
      }
    }
    showTimes(fresh.parentNode || wrap(fresh));
    if (!old.isEqualNode(fresh)) {
      this.elements.set(key, morph(old, fresh));
      mark(this.elements.get(key));
    }
  }

  make(key) {
    const element = this.render(this.rows.get(key));
    element.dataset.key = key;
    return element;
  }

  remove(key, element) {
    if (element.contains(element.ownerDocument.activeElement)) {
      const next = element.nextElementSibling || element.previousElementSibling;
      const target = next && (next.querySelector('a, button, [tabindex]') || next);
      if (target) {
        target.focus();
      }
    }
    element.remove();
    this.elements.delete(key);
  }

  place(first) {
    let after = null;
    for (const key of this.order) {
      if (this.waiting.has(key)) {
        continue;
      }
      let element = this.elements.get(key);
      if (!element) {
        element = this.make(key);
        this.elements.set(key, element);
        if (!first) {
          mark(element, 'just-added');
        }
      }
      const spot = after ? after.nextSibling : this.container.firstChild;
      if (spot !== element) {
        this.container.insertBefore(element, spot);
      }
      after = element;
    }
    showTimes(this.container);
    this.showBar();
    if (this.empty) {
      this.empty.hidden = this.order.length > 0;
    }
  }

  showBar() {
    if (!this.waiting.size) {
      if (this.bar) {
        this.bar.remove();
        this.bar = null;
      }
      return;
    }
    if (!this.bar) {
      const doc = this.container.ownerDocument;
      this.bar = doc.createElement('button');
      this.bar.type = 'button';
      this.bar.className = 'news';
      this.bar.setAttribute('aria-live', 'polite');
      this.bar.addEventListener('click', () => this.release());
      const host = this.container.closest('table') || this.container;
      host.before(this.bar);
    }
    patchText(this.bar, this.news(this.waiting.size), {quiet: true});
  }

  /** Lets the waiting rows in and takes the reader to them. */
  release() {
    this.waiting.clear();
    this.place(false);
    const top = this.elements.get(this.order[0]);
    if (top) {
      top.scrollIntoView({block: 'center'});
      const target = top.querySelector('a, button') || top;
      target.focus({preventScroll: true});
    }
    this.changed(this);
  }
}

function wrap(element) {
  const fragment = element.ownerDocument.createDocumentFragment();
  fragment.append(element);
  return fragment;
}

/** Makes an element: `make('span', {class: 'badge'}, 'word', child)`. Text stays text, whatever a citizen wrote. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return element;
}
