/**
 * Messages that did not arrive and records put aside: why, since when, how often tried; send again,
 * one or all. And what the health of each service says.
 */

import {Problem, get, language, post, toast} from './api.js';
import {make, numberText} from './live.js';
import {showTimes} from './time.js';

const WORDS = {
  ko: {
    means: {email: '전자우편', webhook: '부서 시스템', text: '문자'}, citizen: '신청인', again: '다시 보내기', sent: n => `${n}건을 다시 보냅니다.`,
    occasion: {escalated: '부서 이관', received: '접수 안내', resolved: '답변 안내', corrected: '답변 바로잡음 안내', reminder: '기한 임박 알림', chaser: '독촉', recalled: '회수 안내', withdrawn: '취하 안내'}, notYet: '아직 시도 전',
    errors: {
      'the mail server is away': '메일 서버에 연결되지 않습니다.', 'the mail server did not take the message': '메일 서버가 받지 않았습니다.',
      'the mail server did not answer in time': '메일 서버가 제때 응답하지 않았습니다.',
      'the mail server refused the log-in': '메일 서버가 로그인을 거절했습니다.', 'the other side is away': '상대 시스템에 연결되지 않습니다.',
      'the other side did not answer in time': '상대 시스템이 제때 응답하지 않았습니다.', 'there is no address any more': '보낼 주소가 없습니다.',
      'the contact cannot be opened with the present keys': '지금의 열쇠로는 연락처를 열 수 없습니다.', 'the connection broke': '연결이 끊어졌습니다.',
      'the department has no webhook secret': '부서 시스템의 서명 열쇠가 없습니다.',
    },
    answered: code => `상대 시스템이 ${code}(으)로 답했습니다.`,
    services: {'intake-service': '접수', 'routing-service': '배정', 'notification-service': '알림', 'analytics-service': '통계'},
    states: {UP: '정상', DOWN: '장애', OUT_OF_SERVICE: '멈춤', AWAY: '응답 없음'}, other: '알 수 없음',
    parts: {broker: '메시지 브로커', store: '저장소', reading: '기록 읽기', behind: '밀린 기록', readinessState: '준비', spool: '임시 보관', history: '과거 기록 읽기'},
    records: n => `${n}건`,
  },
  en: {
    means: {email: 'e-mail', webhook: 'department\'s system', text: 'text message'}, citizen: 'Citizen', again: 'Send again', sent: n => `Sending ${n} again.`,
    occasion: {escalated: 'New complaint', received: 'Receipt', resolved: 'Answer', corrected: 'Corrected answer', reminder: 'Reminder', chaser: 'Chaser', recalled: 'Taken back', withdrawn: 'Withdrawn'}, notYet: 'not tried yet',
    errors: {}, answered: code => `The other side answered ${code}.`,
    services: {'intake-service': 'Intake', 'routing-service': 'Routing', 'notification-service': 'Notification', 'analytics-service': 'Analytics'},
    states: {UP: 'well', DOWN: 'down', OUT_OF_SERVICE: 'out of service', AWAY: 'no answer'}, other: 'unknown',
    parts: {broker: 'broker', store: 'store', reading: 'reading', behind: 'records behind', readinessState: 'ready', spool: 'spool', history: 'reading of history'},
    records: n => n,
  },
};

const root = document.querySelector('[data-operations]');
const {api, dead, health} = root.dataset;
const lang = language();
const words = WORDS[lang];
const all = root.querySelector('[data-all-again]');
const deadAll = root.querySelector('[data-dead-again]');
const said = root.querySelector('[data-said]');

function why(error) {
  const status = /^the other side answered (\d+)$/.exec(error || '');
  return error ? (status ? words.answered(status[1]) : words.errors[error] || error) : words.notYet;
}

function occasion(name) {
  const [kind, number] = name.split('-');
  return number ? `${words.occasion[kind]} ${number}` : words.occasion[kind] || name;
}

function cells(one) {
  return [
    make('th', {scope: 'row', class: 'nowrap'}, one.receiptNumber || one.inquiryId),
    make('td', {}, `${one.departmentName || words.citizen} · ${words.means[one.means]}`),
    make('td', {}, occasion(one.occasion)),
    make('td', {}, why(one.lastError)),
    make('td', {class: 'number'}, numberText(one.attempts, lang)),
  ];
}

function failed(one) {
  const button = make('button', {type: 'button', class: 'button button-s', 'aria-label': `${words.again}: ${one.receiptNumber || one.inquiryId}`}, words.again);
  button.addEventListener('click', () => again(`${api}/${encodeURIComponent(one.id)}/send-again`, () => 1, button));
  return make('tr', {}, ...cells(one), make('td', {}, make('time', {datetime: one.createdAt, 'data-show': 'both'})), make('td', {}, button));
}

function pending(one) {
  return make('tr', {}, ...cells(one), make('td', {}, one.nextAt ? make('time', {datetime: one.nextAt, 'data-show': 'both'}) : '–'));
}

function letter(one) {
  const button = make('button', {type: 'button', class: 'button button-s', 'aria-label': `${words.again}: ${one.id}`}, words.again);
  button.addEventListener('click', () => again(`${dead}/${encodeURIComponent(one.id)}/send-again`, answer => answer.sentAgain, button));
  return make('tr', {},
    make('th', {scope: 'row'}, one.inquiryId ? `${one.id} · ${one.inquiryId}` : one.id),
    make('td', {}, words.services[one.service] || one.service),
    make('td', {}, one.reason),
    make('td', {}, make('time', {datetime: one.at, 'data-show': 'both'})),
    make('td', {}, ...(one.leftOut ? [] : [button])));
}

const LOOKS = {UP: 'badge-success', UNKNOWN: 'badge-plain'};

function badge(status) {
  return make('span', {class: `badge ${LOOKS[status] || 'badge-danger'}`}, words.states[status] || words.other);
}

/** Only what is not well, and how far behind it is. */
function says(part) {
  const records = part.details.records;
  const name = words.parts[part.name] || part.name;
  if (records !== undefined) {
    return [`${name}: ${words.records(numberText(Number(records), lang))}`];
  }
  return part.status === 'UP' ? [] : [`${name}: ${part.details.why || words.states[part.status] || words.other}`];
}

function service(one) {
  return make('tr', {},
    make('th', {scope: 'row', class: 'nowrap'}, words.services[one.service] || one.service),
    make('td', {}, badge(one.status)),
    make('td', {}, one.parts.flatMap(says).join(' · ') || '–'));
}

async function again(url, count, button) {
  if (button.getAttribute('aria-busy') === 'true') {
    return;
  }
  button.setAttribute('aria-busy', 'true');
  try {
    const answer = await post(url);
    said.textContent = words.sent(count(answer));
    await load();
  } catch (problem) {
    complain(problem);
  } finally {
    button.removeAttribute('aria-busy');
  }
}

function complain(problem) {
  if (!(problem instanceof Problem)) {
    throw problem;
  }
  toast(problem.message, {danger: true});
}

function fill(place, rows, render, fallback) {
  const held = document.activeElement && place.contains(document.activeElement);
  place.replaceChildren(...rows.map(render));
  if (held) {
    const next = place.querySelector('button');
    (next || fallback).focus();
  }
}

function count(name, rows) {
  root.querySelector(`[data-${name}-count]`).textContent = numberText(rows.length, lang);
}

const shown = new Map();
let loading = false;

/** Draws a part of the page when its answer is another than the one that is shown. */
async function part(question, draw) {
  const answers = await Promise.all(question.map(url => get(url)));
  const picture = JSON.stringify(answers);
  if (shown.get(draw) !== picture) {
    shown.set(draw, picture);
    draw(...answers);
    showTimes(root);
  }
}

function drawDeliveries(lost, waiting) {
  fill(root.querySelector('[data-failed]'), lost, failed, all);
  fill(root.querySelector('[data-pending]'), waiting, pending, all);
  count('failed', lost);
  count('pending', waiting);
  root.querySelector('[data-none]').hidden = lost.length > 0;
  all.disabled = lost.length === 0;
}

function drawLetters(letters) {
  fill(root.querySelector('[data-dead-letters]'), letters, letter, deadAll);
  count('dead', letters);
  root.querySelector('[data-dead-none]').hidden = letters.length > 0;
  deadAll.disabled = letters.every(it => it.leftOut);
}

function drawServices(services) {
  fill(root.querySelector('[data-services]'), services, service, all);
}

/** What cannot be asked holds up nothing else; the first complaint of a round is told. */
async function load() {
  if (loading) {
    return;
  }
  loading = true;
  try {
    await loadParts();
  } finally {
    loading = false;
  }
}

async function loadParts() {
  const parts = await Promise.allSettled([
    part([health], drawServices),
    part([`${api}?state=given-up`, `${api}?state=pending`], drawDeliveries),
    part([dead], drawLetters),
  ]);
  const refused = parts.find(it => it.status === 'rejected');
  if (refused) {
    throw refused.reason;
  }
}

all.addEventListener('click', () => again(`${api}/send-again`, answer => answer.sentAgain, all));
deadAll.addEventListener('click', () => again(`${dead}/send-again`, answer => answer.sentAgain, deadAll));
load().catch(complain);
setInterval(() => load().catch(problem => {
  said.textContent = problem.message;
}), 5_000);
