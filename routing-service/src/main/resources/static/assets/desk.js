/** The desk: the queue lives by a stream, an inquiry is fetched whole when it is chosen, drafts stay with their inquiry. */

import {get, language, toast} from './api.js';
import {searchAmongAll} from './desk-search.js';
import {WORDS} from './desk-words.js';
import {markSaved, sendAsJson, showErrors, valuesOf} from './forms.js';
import {KeyedList, connect, make, patchText} from './live.js';
import {showTimes} from './time.js';

const lang = language();
const words = WORDS[lang];
const desk = document.querySelector('[data-desk]');
const api = desk.dataset.api;
const me = desk.dataset.agent;
document.body.dataset.zone = desk.dataset.zone;

const queueBox = desk.querySelector('[data-queue]');
const wholeBox = desk.querySelector('[data-whole]');
const takenBox = desk.querySelector('[data-taken]');
const actions = desk.querySelector('[data-actions]');
const departmentSearch = document.getElementById('department-search');
const departments = actions.querySelector('[data-departments]');
/** What can still be done with an inquiry that does not wait at the desk. */
const later = desk.querySelector('[data-later]');
const forms = Object.fromEntries([...desk.querySelectorAll('form[data-act]')].map(form => [form.dataset.act, form]));

const corrected = forms.correct.elements.answer;

const NOT_READY_AGAIN = 3000;
const drafts = new Map();
/** What was seen waiting here, and is told of by who took it. */
const wasWaiting = new Set();
let chosen = null;
let whole = null;
let asked = 0;
let suggestions = null;
/** Where a reader of past inquiries came from, the last at the end. */
let trail = [];

/* ---------- the queue ---------- */

function badge(text, kind = 'plain') {
  return make('span', {class: `badge badge-${kind}`}, text);
}

function badges(row) {
  const all = [];
  if (row.urgent) {
    all.push(badge(`${words.urgent} ${row.emergencyNumbers.join('·')}`, 'urgent'));
  }
  all.push(badge(words.channel[row.channel] || row.channel));
  if (row.direction === 'out') {
    all.push(badge(words.out));
  }
  if (row.call) {
    all.push(badge(words.call[row.call], row.call === 'talking' || row.call === 'ringing' ? 'working' : row.call === 'callback' ? 'soon' : 'plain'));
  }
  if (row.whyKind === 'returned' || row.whyKind === 'reopened') {
    all.push(badge(words[row.whyKind], 'warning'));
  }
  if (row.outOfHours) {
    all.push(badge(words.closed));
  }
  if (row.agent === me) {
    all.push(badge(words.mine, 'new'));
  }
  if (row.dueAt) {
    all.push(make('time', {datetime: row.dueAt, 'data-show': 'due'}));
  }
  return all;
}

function titleOf(row) {
  return row.subject || row.text || row.categoryName || words.noWords;
}

function queueRow(row) {
  return make('li', {},
    make('button', {type: 'button', class: 'list-item', 'aria-current': row.inquiryId === chosen ? 'true' : null},
      make('span', {class: 'badges'}, ...badges(row)),
      make('span', {class: 'list-title'}, titleOf(row).slice(0, 80)),
      make('span', {class: 'list-side'}, make('time', {datetime: row.waitingSince, 'data-show': 'relative'})),
      make('span', {class: 'list-meta'},
        make('span', {}, row.receiptNumber || ''), make('span', {}, row.categoryName || ''), make('span', {}, row.agentName || ''))));
}

const queue = new KeyedList(queueBox, queueRow, row => row.inquiryId, {
  empty: desk.querySelector('[data-queue-empty]'),
  changed: list => {
    patchText(document.querySelector('[data-figure="waiting"]'), list.all().length);
    // A row that changed or went while it is being read: the inquiry is fetched anew.
    const mine = list.all().filter(isMyCall);
    if (linked && firstList) {
      // Whoever follows a link came for that inquiry.
      mine.forEach(it => popped.add(it.inquiryId));
    }
    firstList = false;
    mine.forEach(it => pop(it.inquiryId, it.call));
    followCall(list.rows);
    const row = list.rows.get(chosen);
    if (chosen && whole && (row ? !whole.waiting || row.step !== whole.step || row.call !== whole.waiting.call : whole.waiting)) {
      show(chosen);
    }
  },
});

queueBox.addEventListener('click', event => {
  const item = event.target.closest('[data-key]');
  if (item) {
    trail = [];
    choose(item.dataset.key);
  }
});

/* ---------- the call that this agent has ---------- */

const callBox = document.querySelector('[data-call]');
const callStatus = document.querySelector('[data-call-status]');
const callOpened = document.querySelector('[data-call-opened]');
/** Calls that came up here once: whoever has looked at another inquiry since is not taken away again. */
const popped = new Set();
const linked = new URLSearchParams(location.search).get('inquiry');
let calling = null;
/** Whether the list has shown it: it may know of a call later than we do, and drops it when it is over. */
let callListed = false;
let firstList = true;

function isMyCall(row) {
  return row.agent === me && (row.call === 'ringing' || row.call === 'talking');
}

/** In the middle of something: writing, sending, or with a button of what is being done under the finger. */
function isBusy() {
  const at = document.activeElement;
  return Boolean(at && at.closest('input, textarea, select, dialog[open], [data-actions], [data-later]'))
    || Boolean(document.querySelector('dialog[open], form[data-sending="true"]'));
}

/** A call opens by itself, unless that would tear somebody from what they are doing: then it waits in a bar. */
function pop(id, call) {
  if (popped.has(id)) {
    if (calling === id) {
      sayCall(id, call);
    }
    return;
  }
  popped.add(id);
  if (chosen === id) {
    sayOpened();
  } else if (isBusy()) {
    calling = id;
    // Only what changes while it is shown is read out.
    callBox.hidden = false;
    sayCall(id, call);
  } else {
    calling = id;
    openCall({moveFocus: false});
  }
}

function sayCall(id, call) {
  const row = queue.rows.get(id);
  patchText(callStatus, words.callSays[call](row ? titleOf(row).slice(0, 80) : words.noWords), {quiet: true});
}

/** Emptied first, so that it is read out for each call. */
function sayOpened() {
  callOpened.textContent = '';
  setTimeout(() => {
    callOpened.textContent = words.callOpened;
  }, 0);
}

function openCall({moveFocus = true} = {}) {
  const id = calling;
  if (!id) {
    return;
  }
  forgetCall();
  trail = [];
  search.close();
  choose(id);
  sayOpened();
  if (moveFocus) {
    desk.querySelector('[data-inquiry]').focus();
  }
}

function forgetCall() {
  calling = null;
  callListed = false;
  callBox.hidden = true;
  // The next one may have the same words, and only what changes is read out.
  callStatus.textContent = '';
}

/** What the bar says is as things stand; a call that is over or somebody else's leaves it. */
function followCall(rows) {
  const row = calling && rows.get(calling);
  if (row && isMyCall(row)) {
    callListed = true;
    sayCall(calling, row.call);
  } else if (row || (calling && callListed)) {
    forgetCall();
  }
}

callBox.querySelector('[data-open-call]').addEventListener('click', () => openCall());

/* ---------- search among all cases ---------- */

const search = searchAmongAll({field: document.getElementById('search'), box: desk.querySelector('[data-found]'), url: `${api}/search`, words, badge, open: openFound});

/** What waits is chosen; anything else is read, and what is being written stays. */
function openFound(one) {
  if (one.waiting) {
    trail = [];
  } else {
    wasWaiting.delete(one.inquiryId);
    if (chosen && chosen !== one.inquiryId) {
      trail.push(chosen);
    }
  }
  const inQueue = one.waiting && queue.elements.has(one.inquiryId);
  choose(one.inquiryId, {focus: inQueue});
  if (!inQueue) {
    desk.querySelector('[data-inquiry]').focus();
  }
}

/* ---------- one inquiry ---------- */

function fact(name, value) {
  return value ? [make('dt', {}, name), make('dd', {}, value)] : [];
}

function both(at) {
  return at ? make('time', {datetime: at, 'data-show': 'both'}) : null;
}

function draw() {
  const row = whole.waiting;
  const contact = whole.contact || {};
  wholeBox.replaceChildren(
    make('p', {class: 'badges'}, ...(row ? badges(row) : [badge(words.state[whole.state] || whole.state, 'done')])),
    ...(row && row.urgent ? [make('p', {class: 'alert alert-danger', role: 'alert'}, words.call119(row.emergencyNumbers.join(', ')))] : []),
    make('h3', {}, whole.subject || whole.categoryName || words.channel[whole.channel]),
    make('p', {class: 'quote pre'}, whole.text || words.noWords),
    make('dl', {class: 'facts'},
      ...fact(words.receipt, whole.receiptNumber), ...fact(words.received, both(whole.receivedAt)), ...fact(words.category, whole.categoryName),
      ...fact(words.place, whole.place && (whole.place.address || `${whole.place.latitude}, ${whole.place.longitude}`)),
      ...fact(words.name, contact.name), ...fact(words.telephone, contact.telephone && make('a', {href: `tel:${contact.telephone}`}, contact.telephone)),
      ...fact(words.email, contact.email), ...fact(words.due, row && row.dueAt ? make('time', {datetime: row.dueAt, 'data-show': 'due'}) : null),
      ...fact(words.why, row && row.why), ...fact(words.agent, row && row.agentName)),
    make('h3', {}, words.past), pastList(whole.past || []),
    ...(whole.place && whole.place.address ? [make('h3', {}, words.samePlace), pastList(whole.samePlace || [])] : []),
    make('h3', {}, words.history),
    make('ol', {class: 'timeline'}, ...whole.history.map(happened)));
  showTimes(wholeBox);
}

function pastList(all) {
  return all.length ? make('ul', {class: 'list'}, ...all.map(pastRow)) : make('p', {class: 'subtle'}, words.noPast);
}

function pastRow(past) {
  return make('li', {}, make('a', {class: 'list-item', href: `?inquiry=${encodeURIComponent(past.inquiryId)}`, 'data-past': past.inquiryId},
    make('span', {class: 'list-title'}, past.subject || past.categoryName || words.channel[past.channel]),
    make('span', {class: 'list-side'}, words.state[past.state] || past.state),
    make('span', {class: 'list-meta'}, make('span', {}, past.receiptNumber || ''), past.receivedAt ? make('time', {datetime: past.receivedAt, 'data-show': 'date'}) : null, make('span', {}, past.categoryName || '')),
    past.answer ? make('span', {class: 'list-text'}, past.answer) : null));
}

/** Opens here and not in a new page, so that what is being written stays. */
desk.addEventListener('click', event => {
  const link = event.target.closest('a[data-past]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (chosen) {
      trail.push(chosen);
    }
    choose(link.dataset.past);
    desk.querySelector('[data-inquiry]').focus();
  }
});

function goBack() {
  if (trail.length) {
    choose(trail.pop());
    desk.querySelector('[data-inquiry]').focus();
  }
}

desk.querySelector('[data-go-back]').addEventListener('click', goBack);

function happened(event) {
  return make('li', {},
    make('strong', {}, words.what[event.what] || event.what), ' ',
    make('time', {datetime: event.at, 'data-show': 'datetime'}), ' ',
    make('span', {class: 'subtle'}, [event.who, event.department].filter(Boolean).join(' · ')),
    event.words && event.what !== 'call-ended' ? make('p', {}, event.words) : null);
}

async function show(id) {
  const mine = ++asked;
  try {
    const answer = await get(`${api}/${encodeURIComponent(id)}`);
    if (mine !== asked) {
      return;
    }
    if (answer.waiting) {
      wasWaiting.add(id);
    }
    const again = whole && whole.inquiryId === id && whole.step === answer.step && whole.text === answer.text && whole.subject === answer.subject && whole.category === answer.category;
    whole = answer;
    draw();
    suggest();
    if (whole.waiting && !(again && suggestions && suggestions.ready)) {
      askForSuggestions(id, mine);
    }
    actions.hidden = !whole.waiting;
    showPossible(whole.waiting ? [] : whole.possible);
    showAnswered();
    actions.querySelector('[data-prepared]').hidden = !whole.preparedAnswer;
    const reading = !whole.waiting && !wasWaiting.has(id);
    desk.querySelector('[data-back]').hidden = trail.length === 0;
    desk.querySelector('[data-reading]').hidden = !reading;
    takenBox.hidden = Boolean(whole.waiting) || reading;
    if (!whole.waiting && !reading) {
      takenBox.textContent = whole.first ? takenText(whole.first.did, whole.first.by === 'rule' ? words.rule : whole.first.name || whole.first.by) : words.left;
    }
  } catch (problem) {
    if (mine === asked) {
      // What was written for one inquiry must not be sent to another whose words cannot be shown.
      if (!whole || whole.inquiryId !== id) {
        wholeBox.replaceChildren(make('p', {class: 'subtle'}, problem.message));
        actions.hidden = true;
        showPossible([]);
      }
      toast(problem.message, {danger: true});
    }
  }
}

/** The answer as it stands is what is put right; what is being written over it stays. */
function showAnswered() {
  if (!whole.answered) {
    return;
  }
  if (!corrected.value || corrected.value === corrected.dataset.stood) {
    corrected.value = whole.answered.answer;
    corrected.dataset.stood = whole.answered.answer;
    corrected.dataset.seen = whole.answered.corrections;
  } else if (!corrected.dataset.seen) {
    corrected.dataset.seen = whole.answered.corrections;
  }
}

function focusLater(form) {
  if (!later.hidden && !form.hidden) {
    form.querySelector('textarea, input, button').focus();
  }
}

function showPossible(possible) {
  later.hidden = possible.length === 0;
  for (const part of later.querySelectorAll('[data-possible]')) {
    part.hidden = !possible.includes(part.dataset.possible);
  }
}

function takenText(did, name) {
  return (words.taken[did] || words.taken.resolve)(name);
}

function choose(id, {focus = false} = {}) {
  if (calling === id) {
    forgetCall();
  }
  if (chosen !== id) {
    keepDraft();
    chosen = id;
    whole = null;
    suggestions = null;
    showPossible([]);
    showAnswers();
    restoreDraft();
  }
  for (const [key, element] of queue.elements) {
    const button = element.querySelector('button');
    if (key === id) {
      button.setAttribute('aria-current', 'true');
      if (focus) {
        button.focus();
        button.scrollIntoView({block: 'nearest'});
      }
    } else {
      button.removeAttribute('aria-current');
    }
  }
  show(id);
}

/* ---------- actions ---------- */

function keepDraft() {
  if (corrected.value === corrected.dataset.stood) {
    corrected.value = '';
  }
  if (chosen) {
    drafts.set(chosen, {
      ...Object.fromEntries(Object.entries(forms).map(([act, form]) => [act, [...new FormData(form)]])),
      seen: corrected.value ? corrected.dataset.seen : undefined,
    });
  }
  delete corrected.dataset.stood;
  delete corrected.dataset.seen;
}

function restoreDraft() {
  const draft = drafts.get(chosen) || {};
  for (const [act, form] of Object.entries(forms)) {
    form.reset();
    for (const [name, value] of draft[act] || []) {
      const field = form.elements.namedItem(name);
      if (field) {
        field.value = value;
      }
    }
  }
  // A correction that was begun before another one must not be sent as if that had been read.
  if (draft.seen !== undefined) {
    corrected.dataset.seen = draft.seen;
  }
  departmentSearch.value = '';
  filterDepartments();
}

/** What helps without being needed: where it cannot be had, the desk does without and says nothing. */
async function askForSuggestions(id, mine) {
  try {
    const found = await get(`${api}/${encodeURIComponent(id)}/suggestions`);
    if (mine === asked) {
      suggestions = found;
      suggest();
      showAnswers();
      if (!found.ready) {
        setTimeout(() => mine === asked && askForSuggestions(id, mine), NOT_READY_AGAIN);
      }
    }
  } catch (problem) {
    console.debug('no suggestions', problem.status);
  }
}

const suggestedBox = actions.querySelector('[data-suggested]');

function showAnswers() {
  const answers = suggestions ? suggestions.answers : [];
  suggestedBox.hidden = answers.length === 0;
  suggestedBox.querySelector('ol').replaceChildren(...answers.map((answer, i) => make('li', {},
    make('p', {class: 'pre'}, answer.answer),
    make('p', {class: 'list-meta'},
      make('time', {datetime: answer.at, 'data-show': 'date'}), make('span', {}, answer.categoryName || ''),
      make('span', {}, `${words.sameWords(answer.sameWords.length)}: ${answer.sameWords.join(', ')}`),
      answer.times > 1 ? make('span', {}, words.times(answer.times)) : null),
    make('p', {class: 'actions'},
      make('button', {type: 'button', class: 'button button-s', 'data-use': i, 'aria-keyshortcuts': i + 1}, `${words.use} `, make('kbd', {'aria-hidden': 'true'}, String(i + 1))),
      make('a', {href: `?inquiry=${encodeURIComponent(answer.inquiryId)}`, 'data-past': answer.inquiryId}, answer.receiptNumber || answer.subject || words.past)))));
  showTimes(suggestedBox);
}

/** What is being written is never lost: a suggestion goes behind it. */
function use(i) {
  const answer = suggestions && suggestions.answers[i];
  if (!answer || actions.hidden) {
    return;
  }
  const field = forms.resolve.elements.answer;
  const written = field.value.trim();
  if (!written.includes(answer.answer.trim())) {
    field.value = written ? `${written}\n\n${answer.answer}` : answer.answer;
    field.dispatchEvent(new Event('input', {bubbles: true}));
  }
  field.focus();
  field.scrollIntoView({block: 'nearest'});
  toast(words.used);
}

suggestedBox.addEventListener('click', event => {
  const button = event.target.closest('[data-use]');
  if (button) {
    use(Number(button.dataset.use));
  }
});

function because(reason) {
  if (reason.kind === 'past') {
    return words.because.past(reason.count, reason.of);
  }
  const what = reason.kind === 'words' ? `${reason.words.join(', ')} (${reason.text})` : reason.text;
  return `${words.because[reason.kind]}: ${what}`;
}

function suggest() {
  const found = suggestions ? suggestions.departments : whole.waiting ? whole.waiting.suggestedDepartments : [];
  const ids = whole.waiting ? found.map(it => it.id) : [];
  const labels = [...departments.querySelectorAll('label')];
  labels.forEach(label => label.querySelectorAll('.badge, .because').forEach(it => it.remove()));
  labels.sort((a, b) => rank(ids, a) - rank(ids, b) || Number(a.dataset.order) - Number(b.dataset.order));
  labels.forEach(label => {
    if (ids.includes(label.dataset.id)) {
      label.append(badge(words.suggested, 'new'));
      const reasons = (found.find(it => it.id === label.dataset.id).reasons || []).map(because);
      if (reasons.length) {
        label.append(make('span', {class: 'because'}, reasons.join(' · ')));
      }
    }
    departments.append(label);
  });
}

function rank(ids, label) {
  const at = ids.indexOf(label.dataset.id);
  return at < 0 ? ids.length : at;
}

function filterDepartments() {
  const wanted = departmentSearch.value.trim().toLowerCase();
  for (const label of departments.querySelectorAll('label')) {
    label.hidden = Boolean(wanted) && !label.dataset.words.toLowerCase().includes(wanted);
  }
}

[...departments.querySelectorAll('label')].forEach((label, i) => {
  label.dataset.order = i;
});
departmentSearch.addEventListener('input', filterDepartments);
departmentSearch.addEventListener('keydown', event => {
  const shown = [...departments.querySelectorAll('label:not([hidden]) input')];
  if (event.key === 'ArrowDown' && shown.length) {
    event.preventDefault();
    shown[0].focus();
    shown[0].checked = true;
  } else if (event.key === 'Enter' && shown.length === 1) {
    event.preventDefault();
    shown[0].checked = true;
    document.getElementById('reason').focus();
  }
});

actions.querySelector('[data-use-prepared]').addEventListener('click', () => {
  forms.resolve.elements.answer.value = whole.preparedAnswer;
  forms.resolve.elements.answer.focus();
});

/** What stands on the screen may still be another inquiry's, until the chosen one has come. */
function isShown() {
  return whole !== null && whole.inquiryId === chosen;
}

for (const form of Object.values(forms)) {
  form.addEventListener('submit', event => {
    if (!isShown()) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    form.dataset.about = chosen;
  }, {capture: true});
}

function doorOf(act) {
  return () => `${api}/${encodeURIComponent(chosen)}/${act}`;
}

/** Losing a race says who won and what they did. */
function refused(problem) {
  if (problem.status !== 409) {
    return false;
  }
  toast(problem.message, {danger: true});
  show(chosen);
  return true;
}

function next() {
  const order = queue.order.filter(key => queue.elements.has(key));
  const at = order.indexOf(chosen);
  return order[at + 1] || order[at - 1] || null;
}

function finished(text) {
  toast(text);
  search.close();
  drafts.delete(chosen);
  const following = calling || next();
  forgetCall();
  Object.values(forms).forEach(form => form.reset());
  trail = [];
  if (following && following !== chosen) {
    chosen = null;
    choose(following, {focus: true});
  } else {
    show(chosen);
  }
  day();
}

sendAsJson(forms.resolve, {url: doorOf('resolve'), refused, done: () => finished(words.resolved)});
sendAsJson(forms.escalate, {url: doorOf('escalate'), refused, done: answer => finished(words.escalated(answer.departmentName))});
/** What was done to an inquiry that does not wait is shown where it was done. */
function doneLater(form, text) {
  const id = form.dataset.about;
  toast(text);
  drafts.delete(id);
  wasWaiting.delete(id);
  if (id !== chosen) {
    return;
  }
  form.reset();
  show(chosen);
  desk.querySelector('[data-inquiry]').focus();
}

sendAsJson(forms.recall, {url: doorOf('recall'), refused, done: (answer, form) => doneLater(form, answer.state === 'at-desk' ? words.recalled : words.recalling)});
sendAsJson(forms.reopen, {url: doorOf('reopen'), refused, done: (answer, form) => doneLater(form, words.reopenedFor)});
sendAsJson(forms.rate, {
  url: doorOf('rate'), refused, body: form => ({score: Number(form.elements.score.value)}),
  done: (answer, form) => doneLater(form, words.ratedFor),
});
sendAsJson(forms.withdraw, {url: doorOf('withdraw'), refused, done: (answer, form) => doneLater(form, words.withdrawn)});
sendAsJson(forms.correct, {
  url: doorOf('correct'),
  body: () => ({answer: corrected.value, seen: Number(corrected.dataset.seen)}),
  refused: problem => {
    if (problem.status === 409) {
      // What was written stays, and may be sent once the other correction is shown.
      delete corrected.dataset.seen;
    }
    return refused(problem);
  },
  done: (answer, form) => doneLater(form, words.corrected),
});
sendAsJson(forms.describe, {
  url: doorOf('describe'), refused,
  done: () => {
    toast(words.described);
    forms.describe.reset();
    show(chosen);
  },
});
forms.resolve.addEventListener('submit', event => {
  const telephone = whole && whole.channel === 'telephone';
  if (!telephone && forms.resolve.elements.how.value === 'answered' && !forms.resolve.elements.answer.value.trim()) {
    event.preventDefault();
    event.stopImmediatePropagation();
    showErrors(forms.resolve, [{field: 'answer', message: words.answer}]);
  }
}, {capture: true});

const opening = document.getElementById('opening');
const openForm = opening.querySelector('[data-open-form]');
let openKey = crypto.randomUUID();
sendAsJson(openForm, {
  url: api, body: valuesOf, headers: () => ({'Idempotency-Key': openKey}),
  done: answer => {
    openKey = crypto.randomUUID();
    openForm.reset();
    markSaved(openForm);
    opening.close();
    toast(words.opened(answer.receiptNumber));
    choose(answer.inquiryId);
  },
});

/* ---------- the day, the keys, the stream ---------- */

async function day() {
  try {
    const figures = await get(`${api}/day`);
    patchText(document.querySelector('[data-figure="answered"]'), figures.answered);
    patchText(document.querySelector('[data-figure="escalated"]'), figures.escalated);
  } catch (problem) {
    // The figures are missing, not the desk: they come with the next action, and the stream says that it is cut.
    patchText(document.querySelector('[data-figure="answered"]'), '–');
  }
}

function move(by) {
  trail = [];
  search.close();
  const order = queue.order.filter(key => queue.elements.has(key));
  if (order.length) {
    const at = order.indexOf(chosen);
    choose(order[Math.min(order.length - 1, Math.max(0, at < 0 ? 0 : at + by))], {focus: true});
  }
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => !actions.hidden && forms.resolve.elements.answer.focus(),
  e: () => !actions.hidden && departmentSearch.focus(),
  d: () => !actions.hidden && forms.describe.elements.subject.focus(),
  r: () => focusLater(forms.recall),
  w: () => focusLater(forms.correct),
  o: () => focusLater(forms.reopen),
  v: () => focusLater(forms.rate),
  x: () => focusLater(forms.withdraw),
  b: goBack,
  c: () => openCall(),
  1: () => use(0),
  2: () => use(1),
  3: () => use(2),
  n: () => opening.showModal(),
  '/': () => search.begin(),
  '?': () => document.getElementById('keys').showModal(),
};

document.addEventListener('keydown', event => {
  const typing = event.target.closest('input, textarea, select, dialog[open]');
  if (event.altKey && !event.ctrlKey && event.code === 'KeyC' && calling && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    openCall();
    return;
  }
  if (event.key === 'Escape' && typing && !event.target.closest('dialog')) {
    event.target.blur();
    return;
  }
  if (typing || event.ctrlKey || event.altKey || event.metaKey || !KEYS[event.key]) {
    return;
  }
  event.preventDefault();
  KEYS[event.key]();
});

day();
if (linked) {
  choose(linked);
}
connect(`${api}/events?lang=${lang}`, {
  snapshot: data => queue.apply(data), changes: data => queue.apply(data),
  call: data => data.agent === me && pop(data.inquiryId, data.call),
});
