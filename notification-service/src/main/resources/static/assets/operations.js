/** Messages that did not arrive: why, since when, how often tried; send again, one or all. */

import {Problem, get, language, post, toast} from './api.js';
import {make, numberText} from './live.js';
import {showTimes} from './time.js';

const WORDS = {
  ko: {
    means: {email: '전자우편', webhook: '부서 시스템', text: '문자'}, citizen: '신청인', again: '다시 보내기', sent: n => `${n}건을 다시 보냅니다.`,
    occasion: {escalated: '부서 이관', received: '접수 안내', resolved: '답변 안내', reminder: '기한 임박 알림', chaser: '독촉'}, notYet: '아직 시도 전',
    errors: {
      'the mail server is away': '메일 서버에 연결되지 않습니다.', 'the mail server did not take the message': '메일 서버가 받지 않았습니다.',
      'the mail server did not answer in time': '메일 서버가 제때 응답하지 않았습니다.',
      'the mail server refused the log-in': '메일 서버가 로그인을 거절했습니다.', 'the other side is away': '상대 시스템에 연결되지 않습니다.',
      'the other side did not answer in time': '상대 시스템이 제때 응답하지 않았습니다.', 'there is no address any more': '보낼 주소가 없습니다.',
      'the contact cannot be opened with the present keys': '지금의 열쇠로는 연락처를 열 수 없습니다.', 'the connection broke': '연결이 끊어졌습니다.',
      'the department has no webhook secret': '부서 시스템의 서명 열쇠가 없습니다.',
    },
    answered: code => `상대 시스템이 ${code}(으)로 답했습니다.`,
  },
  en: {
    means: {email: 'e-mail', webhook: 'department\'s system', text: 'text message'}, citizen: 'Citizen', again: 'Send again', sent: n => `Sending ${n} again.`,
    occasion: {escalated: 'New complaint', received: 'Receipt', resolved: 'Answer', reminder: 'Reminder', chaser: 'Chaser'}, notYet: 'not tried yet',
    errors: {}, answered: code => `The other side answered ${code}.`,
  },
};

const root = document.querySelector('[data-operations]');
const {api} = root.dataset;
const lang = language();
const words = WORDS[lang];
const all = root.querySelector('[data-all-again]');
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

function fill(place, rows, render) {
  const held = document.activeElement && place.contains(document.activeElement);
  place.replaceChildren(...rows.map(render));
  if (held) {
    const next = place.querySelector('button');
    (next || all).focus();
  }
}

let shown = '';

async function load() {
  const [lost, waiting] = await Promise.all([get(`${api}?state=given-up`), get(`${api}?state=pending`)]);
  const picture = JSON.stringify([lost, waiting]);
  if (picture === shown) {
    return;
  }
  shown = picture;
  fill(root.querySelector('[data-failed]'), lost, failed);
  fill(root.querySelector('[data-pending]'), waiting, pending);
  root.querySelector('[data-failed-count]').textContent = numberText(lost.length, lang);
  root.querySelector('[data-pending-count]').textContent = numberText(waiting.length, lang);
  root.querySelector('[data-none]').hidden = lost.length > 0;
  all.disabled = lost.length === 0;
  showTimes(root);
}

all.addEventListener('click', () => again(`${api}/send-again`, answer => answer.sentAgain, all));
load().catch(complain);
setInterval(() => load().catch(problem => {
  said.textContent = problem.message;
}), 5_000);
