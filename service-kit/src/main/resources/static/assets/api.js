/** Calls to our own doors: CSRF token, JSON, problems as sentences. */

const WORDS = {
  ko: {
    offline: '서버와 연결되지 않았습니다. 연결을 확인하고 다시 시도해 주십시오. 입력한 내용은 그대로 있습니다.',
    login: '로그인 시간이 끝났습니다. 새 창에서 로그인한 뒤 다시 시도해 주십시오.',
    other: '처리하지 못했습니다. 잠시 뒤에 다시 시도해 주십시오.',
    id: '문의 번호',
  },
  en: {
    offline: 'The server cannot be reached. Check the connection and try again. What you typed is still here.',
    login: 'Your log-in has ended. Log in again in a new window, then try again.',
    other: 'That did not work. Please try again in a moment.',
    id: 'Number for questions',
  },
};

export function language(doc = document) {
  return doc.documentElement.lang === 'en' ? 'en' : 'ko';
}

/** An answer that is not the one asked for. `message` is a sentence for people, `errors` names fields. */
export class Problem extends Error {
  constructor(status, body, lang) {
    super(sentence(status, body, lang));
    this.name = 'Problem';
    this.status = status;
    this.body = body || {};
    this.errors = Array.isArray(this.body.errors) ? this.body.errors : [];
  }
}

/** What went wrong as a sentence; status 0 stands for no answer at all. */
export function sentence(status, body, lang = 'ko') {
  const words = WORDS[lang] || WORDS.ko;
  if (status === 0) {
    return words.offline;
  }
  if (status === 401) {
    return words.login;
  }
  const said = body && (body.detail || body.title);
  return (said || words.other) + (body && body.id ? ` (${words.id} ${body.id})` : '');
}

/** The value of a cookie, or null. */
export function cookie(name, all = document.cookie) {
  for (const pair of all.split('; ')) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at) === name) {
      return decodeURIComponent(pair.slice(at + 1));
    }
  }
  return null;
}

function token(doc) {
  const kept = cookie('XSRF-TOKEN', doc.cookie);
  if (kept) {
    return kept;
  }
  const meta = doc.querySelector('meta[name="csrf-token"]');
  return meta ? meta.content : null;
}

/**
 * Calls a door and gives the JSON of its answer, or null when it has none. Throws Problem.
 * Options: method (POST when there is a body, else GET), body (an object), headers, signal.
 */
export async function call(url, {method, body, headers, signal} = {}, doc = document) {
  const lang = language(doc);
  const sent = {Accept: 'application/json, application/problem+json', 'Accept-Language': lang, ...headers};
  const verb = method || (body === undefined ? 'GET' : 'POST');
  if (body !== undefined) {
    sent['Content-Type'] = 'application/json';
  }
  if (verb !== 'GET') {
    const csrf = token(doc);
    if (csrf) {
      sent['X-XSRF-TOKEN'] = csrf;
    }
  }
  let response;
  try {
    response = await fetch(url, {
      method: verb, headers: sent, signal, credentials: 'same-origin', redirect: 'manual',
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Problem(0, null, lang);
  }
  const text = await response.text();
  let json = null;
  if (text && /\bjson\b/.test(response.headers.get('Content-Type') || '')) {
    json = JSON.parse(text);
  }
  if (response.type === 'opaqueredirect') {
    throw new Problem(401, null, lang);
  }
  if (!response.ok) {
    throw new Problem(response.status, json, lang);
  }
  return json;
}

export const get = (url, options) => call(url, {...options, method: 'GET'});
export const post = (url, body = {}, options) => call(url, {...options, method: 'POST', body});

/** Says something in the corner of the page for a few seconds; danger stays until closed. */
export function toast(text, {danger = false, doc = document} = {}) {
  const box = doc.querySelector('[data-toasts]');
  const note = doc.createElement('div');
  note.className = danger ? 'toast toast-danger' : 'toast';
  const words = doc.createElement('span');
  words.textContent = text;
  const close = doc.createElement('button');
  close.type = 'button';
  close.className = 'button button-s';
  close.textContent = language(doc) === 'ko' ? '닫기' : 'Close';
  close.addEventListener('click', () => note.remove());
  note.append(words, close);
  box.append(note);
  if (!danger) {
    setTimeout(() => note.remove(), 6000);
  }
  return note;
}
