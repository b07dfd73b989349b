/** The administrator's page: figures, tables and the curve follow the stream. */

import {language} from './api.js';
import {drawCurve} from './curve.js';
import {KeyedList, connect, make, numberText, patchFigures, patchText} from './live.js';
import {clockText, durationText, showTimes} from './time.js';

const FRACTION_BELOW = 10;

/** A measure's value as the server writes it too. */
export function valueText(unit, value, lang) {
  if (value === null || value === undefined) {
    return '–';
  }
  switch (unit) {
    case 'percent': return `${numberText(value, lang, 1)}%`;
    case 'seconds': return durationText(Math.round(value) * 1000);
    case 'ratio': return numberText(value, lang, 2);
    default: return numberText(value, lang, Math.abs(value) < FRACTION_BELOW ? 1 : 0);
  }
}

/** How today differs from the usual: `{direction, text}`, or null where there is nothing to compare. */
export function trend(unit, value, usual, lang, points) {
  if (value === null || usual === null || value === undefined || usual === undefined || (unit === 'count' && usual === 0)) {
    return null;
  }
  const difference = unit === 'count' ? (100 * (value - usual)) / usual : value - usual;
  const size = Math.abs(difference);
  const least = unit === 'percent' ? 0.05 : unit === 'ratio' ? 0.005 : 0.5;
  const direction = size < least ? 'same' : difference > 0 ? 'up' : 'down';
  switch (unit) {
    case 'count': return {direction, text: `${numberText(size, lang, 0)}%`};
    case 'percent': return {direction, text: numberText(size, lang, 1) + points};
    case 'seconds': return {direction, text: durationText(Math.round(size) * 1000)};
    default: return {direction, text: numberText(size, lang, 2)};
  }
}

const fill = (words, value) => words.replace('{0}', value);

/** A word, and by the class a shape. */
function patchTarget(element, verdict) {
  element.className = `badge badge-target-${verdict}`;
  patchText(element, element.dataset[verdict], {quiet: true});
}

/** Whoever waits, waits longer each second, whether or not a picture comes. */
export function patchLongestWait(root, now = Date.now()) {
  const element = root.querySelector('[data-wait-target]');
  if (element) {
    const since = root.querySelector('[data-longest]:not([hidden]) time');
    const seconds = since ? Math.floor((now - new Date(since.getAttribute('datetime')).getTime()) / 1000) : 0;
    patchTarget(element, seconds <= Number(element.dataset.seconds) ? 'met' : 'missed');
  }
}

function patchMeasures(root, figures, words, lang) {
  for (const element of root.querySelectorAll('[data-measure]')) {
    const {value} = figures[element.dataset.measure];
    element.classList.toggle('tile-few', value === null);
    patchText(element, value === null ? words.few : valueText(element.dataset.unit, value, lang));
  }
  for (const element of root.querySelectorAll('[data-measure-in]')) {
    patchText(element, fill(element.dataset.words, valueText(element.dataset.unit, figures[element.dataset.measureIn].value, lang)), {quiet: true});
  }
  for (const element of root.querySelectorAll('[data-usual]')) {
    const {usual} = figures[element.dataset.usual];
    patchText(element, usual === null ? words.noUsual : fill(words.usual, valueText(element.dataset.unit, usual, lang)), {quiet: true});
  }
  for (const element of root.querySelectorAll('[data-trend]')) {
    const {value, usual} = figures[element.dataset.trend];
    const now = trend(element.dataset.unit, value, usual, lang, words.points);
    element.hidden = now === null;
    if (now) {
      element.className = `trend trend-${now.direction}`;
      patchText(element, now.text, {quiet: true});
    }
  }
  for (const element of root.querySelectorAll('[data-target]')) {
    patchTarget(element, figures[element.dataset.target].verdict);
  }
  for (const element of root.querySelectorAll('span[data-cases]')) {
    patchText(element, fill(words.cases, numberText(figures[element.dataset.cases].n, lang)), {quiet: true});
  }
}

function setTime(element, at) {
  element.setAttribute('datetime', at);
  showTimes(element.parentNode);
}

function patchWaiting(root, waiting, lang) {
  const count = root.querySelector('[data-waiting]');
  patchText(count, fill(count.dataset.words, numberText(waiting.count, lang)));
  const longest = root.querySelector('[data-longest]');
  longest.hidden = !waiting.longestSince;
  if (waiting.longestSince) {
    setTime(longest.querySelector('time'), waiting.longestSince);
  }
}

const number = text => make('td', {class: 'number'}, text);
const head = text => make('th', {scope: 'row'}, text);

function lists(root, words, lang, zone) {
  const n = value => (value === null ? '–' : numberText(value, lang));
  const list = (name, render, key) => new KeyedList(root.querySelector(`[data-rows="${name}"]`), render, key, {news: () => ''});
  return {
    departments: list('departments', it => make('tr', {}, head(it.name[lang]), number(n(it.open)),
      make('td', {class: 'number'}, it.overdue > 0 ? make('span', {class: 'badge badge-late'}, fill(words.late, n(it.overdue))) : '0'),
      number(n(it.escalatedToday)), number(n(it.resolvedToday))), it => it.department),
    agents: list('agents', it => make('tr', {}, head(it.name),
      make('td', {}, make('span', {class: `badge state-${it.state || 'unknown'}`}, it.stateName ? it.stateName[lang] : words.unknown)),
      make('td', {class: 'number'}, it.since && make('time', {'data-show': 'running', datetime: it.since})),
      number(n(it.answered)), number(n(it.resolved))), it => it.agent),
    channels: list('channels', it => make('tr', {}, head(it.name[lang]), number(n(it.received)), number(n(it.resolved))), it => it.channel),
    curve: list('curve', it => make('tr', {}, head(it.time), number(n(it.received)), number(n(it.answered)),
      number(it.usualLeast === null ? '–' : `${n(it.usualLeast)}–${n(it.usualMost)}`)), it => it.time),
    events: list('events', it => make('li', {}, make('time', {'data-show': 'clock', datetime: it.at}, clockText(it.at, zone)),
      make('span', {}, it.text[lang])), it => it.id),
  };
}

/** Each picture is whole, so no row waits behind a bar; the first takes the place of the server's rows without a flash. */
function applyAll(list, rows) {
  if (list.order.length === 0) {
    list.container.replaceChildren();
    list.elements.clear();
  }
  list.firstInView = () => 0;
  list.apply({rows});
}

export function startWall(root, doc = document) {
  const lang = language(doc);
  const words = root.dataset;
  const all = lists(root, words, lang, doc.body.dataset.zone);
  const curve = drawCurve(root.querySelector('[data-curve]'), words);
  setInterval(() => patchLongestWait(root), 1000);
  connect(words.stream, {
    picture: picture => {
      patchMeasures(root, picture.figures, words, lang);
      patchWaiting(root, picture.waiting, lang);
      patchLongestWait(root);
      patchFigures(root, picture);
      const open = root.querySelector('[data-open]');
      patchText(open, fill(open.dataset.words, numberText(picture.open, lang)), {quiet: true});
      root.querySelector('[data-overdue-tile]').classList.toggle('tile-late', picture.overdue > 0);
      setTime(root.querySelector('[data-as-of]'), picture.asOf);
      for (const [name, list] of Object.entries(all)) {
        applyAll(list, picture[name]);
      }
      root.querySelector('[data-curve-none]').hidden = picture.curve.length > 0;
      root.querySelector('[data-no-events]').hidden = picture.events.length > 0;
      curve.show(picture.curve);
    },
  }, doc);
}

const root = typeof document === 'undefined' ? null : document.querySelector('[data-wall]');
if (root) {
  startWall(root);
}
