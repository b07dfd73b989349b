/** A department's inbox: a live list, the case that is open, and what an officer does with it. */

import {Problem, get, language, post, toast} from './api.js';
import {KeyedList, connect, make, numberText} from './live.js';
import {markSaved, sendAsJson} from './forms.js';
import {daysBetween, showTimes} from './time.js';

const WORDS = {
  ko: {
    state: {escalated: '미접수', acknowledged: '처리 중', resolved: '처리완료', returned: '반송', recalled: '회수', withdrawn: '취하', moved: '다른 곳으로 이관'},
    channel: {telephone: '전화', web: '인터넷', mobile: '모바일', sms: '문자', fax: '팩스', email: '전자우편', counter: '창구', crew: '현장', open311: '공공앱', other: '기타'},
    priority: {urgent: '긴급', high: '우선'},
    what: {received: '접수', described: '상담 내용 기록', 'at-desk': '상담 화면', escalated: '부서 이관', acknowledged: '부서 접수', returned: '반송', 'recall-requested': '회수 요청', recalled: '회수', reminder: '기한 임박 알림', chaser: '독촉', resolved: '처리완료', corrected: '답변 바로잡음', reopened: '추가답변 요청'},
    mine: '내 담당', noSubject: '(제목 없음)', noDue: '기한 없음', chasers: n => `독촉 ${n}차`, reopened: '추가답변 요청됨', transfers: n => `재이관 ${n}회`,
    receipt: '접수번호', received: '접수', escalated: '부서 이관', due: '처리기한', clause: '근거', category: '분류', kind: '민원 종류', channelName: '채널', place: '위치',
    why: '이관 사유', contact: '신청인', name: '이름', telephone: '전화', email: '전자우편', noContact: '연락처를 남기지 않았습니다.', hidden: '이 부서의 민원이 아니어서 연락처를 보이지 않습니다.',
    words: '민원 내용', noWords: '적힌 내용이 없습니다.', answer: '답변', history: '처리 이력', by: who => `${who}`,
    acknowledge: '부서 접수', resolve: '처리완료', returning: '반송', reason: '반송 사유',
    answerHint: '민원인에게 그대로 전달됩니다. 주민등록번호는 자동으로 가려집니다.', reasonHint: '상담사가 읽고 다른 부서로 다시 이관합니다.',
    acknowledged: '접수했습니다.', resolved: '답변을 보냈습니다.', returned: '반송했습니다.',
    changed: '이 민원이 그사이에 바뀌었습니다.', reload: '새로 불러오기', missing: '내용을 적어 주십시오.',
    gone: '이 부서 처리함에 없는 민원입니다.', count: n => `민원 ${n}건`, leave: '보내지 않은 내용이 있습니다. 다른 민원을 여시겠습니까?',
    news: n => `새 민원 ${n}건`,
  },
  en: {
    state: {escalated: 'New', acknowledged: 'In progress', resolved: 'Answered', returned: 'Sent back', recalled: 'Taken back', withdrawn: 'Withdrawn', moved: 'Passed on'},
    channel: {telephone: 'Telephone', web: 'Web', mobile: 'Mobile', sms: 'Text message', fax: 'Fax', email: 'E-mail', counter: 'Counter', crew: 'Crew', open311: 'Open311', other: 'Other'},
    priority: {urgent: 'Urgent', high: 'High'},
    what: {received: 'Received', described: 'Written down', 'at-desk': 'At the desk', escalated: 'Passed to a department', acknowledged: 'Taken', returned: 'Sent back', 'recall-requested': 'Asked back', recalled: 'Taken back', reminder: 'Reminded', chaser: 'Chased', resolved: 'Answered', corrected: 'Answer corrected', reopened: 'Asked again'},
    mine: 'Mine', noSubject: '(no subject)', noDue: 'no due time', chasers: n => `chased ${n}×`, reopened: 'asked again', transfers: n => `passed on ${n}×`,
    receipt: 'Receipt number', received: 'Received', escalated: 'Passed to you', due: 'Due', clause: 'Rule', category: 'Category', kind: 'Kind', channelName: 'Channel', place: 'Place',
    why: 'Why it is yours', contact: 'Citizen', name: 'Name', telephone: 'Telephone', email: 'E-mail', noContact: 'No contact was left.', hidden: 'The contact is hidden, as the case is no longer yours.',
    words: 'The citizen\'s words', noWords: 'Nothing was written.', answer: 'Answer', history: 'History', by: who => `by ${who}`,
    acknowledge: 'Take it', resolve: 'Answer and close', returning: 'Send back', reason: 'Reason',
    answerHint: 'The citizen reads it as it is. Resident registration numbers are masked.', reasonHint: 'An agent reads it and passes the case on.',
    acknowledged: 'Taken.', resolved: 'The answer was sent.', returned: 'Sent back.',
    changed: 'This case has changed meanwhile.', reload: 'Load it anew', missing: 'Please write something.',
    gone: 'This case is not in this inbox.', count: n => `${n} cases`, leave: 'What you wrote was not sent. Open another case?',
    news: n => `${n} new`,
  },
};

const root = document.querySelector('[data-inbox]');
const {api, user} = root.dataset;
const lang = language();
const words = WORDS[lang];
const zone = document.body.dataset.zone || 'Asia/Seoul';
const openRows = root.querySelector('[data-open-rows]');
const doneRows = root.querySelector('[data-done-rows]');
const panel = root.querySelector('[data-case]');
const said = root.querySelector('[data-said]');
const empty = root.querySelector('[data-empty]');
const search = document.getElementById('search');

let filter = 'open';
let opened = null;

const fits = {
  open: () => true,
  escalated: item => item.state === 'escalated',
  mine: item => item.acknowledgedBy === user,
  acknowledged: item => item.state === 'acknowledged',
  overdue: item => Boolean(item.dueAt) && Date.parse(item.dueAt) < Date.now(),
  'due-soon': item => Boolean(item.dueAt) && Date.parse(item.dueAt) >= Date.now() && daysBetween(Date.now(), item.dueAt, zone) <= 1,
};

const STATE_BADGES = {escalated: 'badge-new', acknowledged: 'badge-working', resolved: 'badge-done', returned: 'badge-plain', recalled: 'badge-plain', withdrawn: 'badge-plain', moved: 'badge-plain'};

function badge(name, text) {
  return make('span', {class: `badge ${name}`}, text);
}

function time(at, show) {
  return make('time', {datetime: at, 'data-show': show});
}

function badges(item) {
  return make('span', {class: 'badges'},
    badge(STATE_BADGES[item.state] || '', words.state[item.state] || item.state),
    words.priority[item.priority] ? badge('badge-urgent', words.priority[item.priority]) : null,
    item.state === 'escalated' || item.state === 'acknowledged'
      ? (item.dueAt ? time(item.dueAt, 'due') : badge('badge-plain', words.noDue)) : null,
    item.acknowledgedBy === user && item.state === 'acknowledged' ? badge('badge-information', words.mine) : null,
    item.chasers > 0 ? badge('badge-late', words.chasers(item.chasers)) : null,
    item.reopened ? badge('badge-warning', words.reopened) : null,
    item.transfers > 0 ? badge('badge-plain', words.transfers(item.transfers)) : null);
}

function titleOf(item) {
  return item.subject || (item.text ? item.text.slice(0, 60) : '') || item.categoryName || words.noSubject;
}

function row(item) {
  const button = make('button', {type: 'button', class: 'list-item'},
    badges(item),
    make('span', {class: 'list-title'}, titleOf(item)),
    make('span', {class: 'list-meta'},
      make('span', {}, item.receiptNumber || item.inquiryId),
      item.categoryName ? make('span', {}, item.categoryName) : null,
      make('span', {}, words.channel[item.channel] || item.channel),
      time(item.closedAt || item.escalatedAt, 'relative')));
  button.addEventListener('click', () => open(item.inquiryId));
  const line = make('li', {}, button);
  if (item.inquiryId === opened) {
    button.setAttribute('aria-current', 'true');
  }
  line.hidden = !isShown(item);
  return line;
}

function isShown(item) {
  const wanted = search.value.trim().toLowerCase();
  const text = [item.receiptNumber, item.inquiryId, item.subject, item.text, item.categoryName].join(' ').toLowerCase();
  const digits = wanted.replace(/[\s-]/g, '');
  const found = !wanted || text.includes(wanted) || (/^\d{4,}$/.test(digits) && text.replace(/-/g, '').includes(digits));
  return found && (filter === 'resolved' || fits[filter](item));
}

const list = new KeyedList(openRows, row, item => item.inquiryId, {news: words.news, changed: review});

/** Counts and hides anew: by filter, by what is searched, and because time passes. */
function review() {
  const all = list.all();
  for (const button of root.querySelectorAll('[data-filter]')) {
    const place = button.querySelector('[data-count-of]');
    if (place) {
      place.textContent = numberText(all.filter(fits[button.dataset.filter]).length, lang);
    }
  }
  for (const item of all) {
    const element = list.elements.get(item.inquiryId);
    if (element) {
      element.hidden = !isShown(item);
    }
  }
  for (const element of doneRows.children) {
    element.hidden = !isShown(element.item);
  }
  const shown = [...(filter === 'resolved' ? doneRows : openRows).children].filter(it => !it.hidden).length;
  empty.hidden = shown > 0;
  const text = words.count(shown);
  if (said.textContent !== text) {
    said.textContent = text;
  }
  followOpened(all);
}

/** The open case changed: show it anew, unless somebody is writing. */
function followOpened(all) {
  if (!opened || !panel.item) {
    return;
  }
  const item = all.find(it => it.inquiryId === opened);
  const seen = panel.item;
  const isOpen = seen.state === 'escalated' || seen.state === 'acknowledged';
  const changed = item ? item.state !== seen.state || item.chasers !== seen.chasers || item.reminders !== seen.reminders || item.step !== seen.step : isOpen;
  if (!changed || panel.loading) {
    return;
  }
  if (panel.querySelector('form[data-unsaved]')) {
    showChanged();
  } else {
    load(opened, {focus: false});
  }
}

function showChanged() {
  if (panel.querySelector('[data-changed]')) {
    return;
  }
  const button = make('button', {type: 'button', class: 'button button-s'}, words.reload);
  button.addEventListener('click', () => load(opened, {focus: true}));
  panel.prepend(make('div', {class: 'alert alert-warning', role: 'status', 'data-changed': true}, make('p', {}, words.changed), button));
}

async function choose(next) {
  filter = next;
  for (const button of root.querySelectorAll('[data-filter]')) {
    button.setAttribute('aria-pressed', String(button.dataset.filter === next));
  }
  const done = next === 'resolved';
  openRows.hidden = done;
  doneRows.hidden = !done;
  if (done) {
    await loadDone();
  }
  review();
}

async function loadDone() {
  try {
    const items = await get(`${api}?state=resolved`);
    doneRows.replaceChildren(...items.map(item => {
      const element = row(item);
      element.item = item;
      return element;
    }));
    showTimes(doneRows);
  } catch (problem) {
    complain(problem);
  }
}

function complain(problem) {
  if (!(problem instanceof Problem)) {
    throw problem;
  }
  toast(problem.message, {danger: true});
}

async function open(id) {
  if (id !== opened && panel.querySelector('form[data-unsaved]') && !window.confirm(words.leave)) {
    return;
  }
  const url = new URL(window.location);
  url.searchParams.set('case', id);
  window.history.replaceState(null, '', url);
  await load(id, {focus: true});
}

async function load(id, {focus}) {
  opened = id;
  panel.loading = true;
  for (const button of root.querySelectorAll('.inbox-list [aria-current]')) {
    button.removeAttribute('aria-current');
  }
  const chosen = root.querySelector(`.inbox-list [data-key="${CSS.escape(id)}"] button`);
  if (chosen) {
    chosen.setAttribute('aria-current', 'true');
  }
  try {
    const item = await get(`${api}/${encodeURIComponent(id)}`);
    if (opened === id) {
      show(item);
    }
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) {
      panel.item = null;
      panel.replaceChildren(make('p', {class: 'alert alert-warning', role: 'status'}, words.gone));
    } else {
      complain(problem);
    }
  } finally {
    panel.loading = false;
  }
  if (focus) {
    panel.focus();
  }
}

function fact(name, ...value) {
  const filled = value.filter(Boolean);
  return filled.length ? [make('dt', {}, name), make('dd', {}, ...filled)] : [];
}

function placeText(place) {
  if (!place) {
    return null;
  }
  const at = place.latitude !== undefined && place.longitude !== undefined ? `${place.latitude}, ${place.longitude}` : '';
  return [place.address, at && !place.address ? at : ''].filter(Boolean).join(' ') || null;
}

function contactFacts(item) {
  const contact = item.contact;
  if (!contact) {
    const isOurs = ['escalated', 'acknowledged', 'resolved'].includes(item.state);
    return [make('p', {class: 'subtle'}, isOurs ? words.noContact : words.hidden)];
  }
  return [make('dl', {class: 'facts'},
    ...fact(words.name, contact.name),
    ...fact(words.telephone, contact.telephone ? make('a', {href: `tel:${contact.telephone.replace(/[^0-9+]/g, '')}`}, contact.telephone) : null),
    ...fact(words.email, contact.email ? make('a', {href: `mailto:${encodeURIComponent(contact.email).replace('%40', '@')}`}, contact.email) : null))];
}

function show(item) {
  panel.item = item;
  const isOpen = item.state === 'escalated' || item.state === 'acknowledged';
  panel.replaceChildren(
    badges(item),
    make('h2', {}, titleOf(item)),
    make('dl', {class: 'facts'},
      ...fact(words.receipt, item.receiptNumber || item.inquiryId),
      ...fact(words.due, item.dueAt ? time(item.dueAt, 'datetime') : words.noDue),
      ...fact(words.clause, item.dueClause),
      ...fact(words.category, item.categoryName),
      ...fact(words.kind, item.petitionKindName),
      ...fact(words.channelName, words.channel[item.channel] || item.channel),
      ...fact(words.received, item.receivedAt ? time(item.receivedAt, 'both') : null),
      ...fact(words.escalated, time(item.escalatedAt, 'both')),
      ...fact(words.why, [item.why, item.agent ? `(${item.agent})` : ''].filter(Boolean).join(' ')),
      ...fact(words.place, placeText(item.place))),
    make('h3', {}, words.words),
    item.text ? make('blockquote', {class: 'quote pre'}, item.text) : make('p', {class: 'subtle'}, words.noWords),
    make('h3', {}, words.contact),
    ...contactFacts(item),
    ...(item.answer ? [make('h3', {}, words.answer), make('blockquote', {class: 'quote pre'}, item.answer)] : []),
    ...(isOpen ? actions(item) : []),
    make('h3', {}, words.history),
    make('ol', {class: 'timeline'}, ...item.history.map(entry => make('li', {},
      time(entry.at, 'datetime'),
      make('strong', {}, words.what[entry.what] || entry.what),
      ' ', [entry.departmentName, entry.by ? words.by(entry.by) : ''].filter(Boolean).join(' · '),
      entry.words ? make('p', {class: 'pre'}, entry.words) : null))));
  showTimes(panel);
}

function actions(item) {
  const parts = [];
  const base = `${api}/${encodeURIComponent(item.inquiryId)}`;
  if (item.state === 'escalated') {
    const button = make('button', {type: 'button', class: 'button button-primary', 'data-acknowledge': true}, words.acknowledge);
    button.addEventListener('click', async () => {
      if (button.getAttribute('aria-busy') === 'true') {
        return;
      }
      button.setAttribute('aria-busy', 'true');
      try {
        show(await post(`${base}/acknowledge`));
        toast(words.acknowledged);
        panel.focus();
      } catch (problem) {
        complain(problem);
        await load(item.inquiryId, {focus: true});
      }
    });
    parts.push(make('p', {class: 'actions'}, button));
  }
  parts.push(form(item, `${base}/resolve`, 'answer', words.answer, words.answerHint, words.resolve, words.resolved, true));
  parts.push(make('details', {'data-return': true}, make('summary', {}, words.returning),
    form(item, `${base}/return`, 'reason', words.reason, words.reasonHint, words.returning, words.returned, false)));
  return parts;
}

function form(item, url, name, label, hint, verb, done, primary) {
  const id = `${name}-field`;
  const element = make('form', {method: 'post', action: url, 'data-ask-before-leaving': true, 'data-form': name},
    make('div', {class: 'field'},
      make('label', {for: id}, label),
      make('p', {class: 'hint', id: `${id}-hint`}, hint),
      make('textarea', {class: 'textarea', id, name, required: true, maxlength: 20000, 'aria-describedby': `${id}-hint`, 'data-invalid': words.missing})),
    make('button', {type: 'submit', class: primary ? 'button button-primary' : 'button button-danger'}, verb));
  sendAsJson(element, {
    url,
    done: async answer => {
      markSaved(element);
      show(answer);
      toast(done);
      panel.focus();
      if (filter === 'resolved') {
        await loadDone();
      }
    },
    refused: problem => {
      if (problem.status !== 409) {
        return false;
      }
      toast(problem.message, {danger: true});
      showChanged();
      return true;
    },
  });
  return element;
}

function shownButtons() {
  const box = filter === 'resolved' ? doneRows : openRows;
  return [...box.children].filter(it => !it.hidden).map(it => it.querySelector('button'));
}

function move(by) {
  const buttons = shownButtons();
  if (!buttons.length) {
    return;
  }
  const at = buttons.findIndex(it => it === document.activeElement || it.hasAttribute('aria-current'));
  const active = buttons.indexOf(document.activeElement);
  const from = active >= 0 ? active : at;
  buttons[Math.max(0, Math.min(buttons.length - 1, from + by))].focus();
}

function focusForm(name) {
  const field = panel.querySelector(`[data-form="${name}"] textarea`);
  if (field) {
    const details = field.closest('details');
    if (details) {
      details.open = true;
    }
    field.focus();
  }
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => {
    const button = panel.querySelector('[data-acknowledge]');
    if (button) {
      button.click();
    }
  },
  e: () => focusForm('answer'),
  r: () => focusForm('reason'),
  '/': () => search.focus(),
  '?': () => document.getElementById('keys').showModal(),
};

document.addEventListener('keydown', event => {
  const typing = event.target.closest('input, textarea, select, dialog');
  if (event.key === 'Escape' && typing && !event.target.closest('dialog')) {
    event.target.blur();
    const chosen = root.querySelector('.inbox-list [aria-current]');
    if (chosen) {
      chosen.focus();
    }
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) {
    return;
  }
  event.preventDefault();
  KEYS[event.key]();
});

for (const button of root.querySelectorAll('[data-filter]')) {
  button.addEventListener('click', () => choose(button.dataset.filter));
}
search.addEventListener('input', review);
setInterval(review, 30_000);
connect(`${api}/events`, {snapshot: data => list.apply(data), changes: data => list.apply(data)});
if (root.dataset.opened) {
  load(root.dataset.opened, {focus: true});
}
