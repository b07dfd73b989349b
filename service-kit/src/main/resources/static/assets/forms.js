/** Forms that send once, keep what was typed, say what is wrong where it is wrong, and ask before losing it. */

import {Problem, call, language, toast} from './api.js';

const LEAVE = {ko: '아직 보내지 않은 내용이 있습니다.', en: 'Something has not been sent yet.'};

const INVALID = {
  ko: {
    valueMissing: () => '꼭 적어야 하는 항목입니다.',
    typeMismatch: field => (field.type === 'email' ? '전자우편 주소를 끝까지 적어 주십시오. 예: hong@example.kr' : '형식에 맞게 적어 주십시오.'),
    tooLong: field => `${field.maxLength.toLocaleString()}자까지 적을 수 있습니다.`,
    tooShort: field => `${field.minLength.toLocaleString()}자 이상 적어 주십시오.`,
    other: () => '형식에 맞게 적어 주십시오.',
  },
  en: {
    valueMissing: () => 'This field is required.',
    typeMismatch: field => (field.type === 'email' ? 'Write the whole e-mail address, such as kim@example.com.' : 'Please write it in the form asked for.'),
    tooLong: field => `At most ${field.maxLength.toLocaleString()} characters.`,
    tooShort: field => `At least ${field.minLength.toLocaleString()} characters.`,
    other: () => 'Please write it in the form asked for.',
  },
};

/** What is wrong with a field, in the page's language rather than the browser's; `data-invalid` says it better. */
export function invalidText(field, lang = 'ko') {
  const kind = ['valueMissing', 'typeMismatch', 'tooLong', 'tooShort'].find(name => field.validity[name]) || 'other';
  return (field.dataset.invalid && kind !== 'valueMissing') ? field.dataset.invalid : INVALID[lang][kind](field);
}

/** The element that bears a field's name, also when the server names it with a path (`contact.email`). */
export function fieldOf(form, name) {
  const found = form.elements.namedItem(name) || form.elements.namedItem(name.split('.').pop());
  return found && found.length !== undefined && !found.tagName ? found[0] : found;
}

/** Removes all errors from a form. */
export function clearErrors(form) {
  for (const element of form.querySelectorAll('[aria-invalid="true"]')) {
    element.removeAttribute('aria-invalid');
  }
  for (const place of form.querySelectorAll('[data-error-for], [data-form-error]')) {
    place.textContent = '';
    if (place.hasAttribute('data-form-error')) {
      place.hidden = true;
    }
  }
}

function placeFor(form, field, name) {
  const known = form.querySelector(`[data-error-for="${CSS.escape(field.name || name)}"]`);
  if (known) {
    return known;
  }
  const place = form.ownerDocument.createElement('p');
  place.className = 'error';
  place.dataset.errorFor = field.name || name;
  (field.closest('.field') || field.parentElement).append(place);
  return place;
}

/** Shows errors at their fields, what belongs to no field above the form, and moves the focus to the first. */
export function showErrors(form, errors, general = '') {
  clearErrors(form);
  let first = null;
  const homeless = general ? [general] : [];
  for (const {field: name, message} of errors) {
    const field = fieldOf(form, name);
    if (!field || field.type === 'hidden') {
      homeless.push(message);
      continue;
    }
    const place = placeFor(form, field, name);
    place.id = place.id || `error-${form.id || 'form'}-${(field.name || name).replace(/[^A-Za-z0-9]/g, '-')}`;
    place.textContent = message;
    field.setAttribute('aria-invalid', 'true');
    const described = (field.getAttribute('aria-describedby') || '').split(' ').filter(Boolean);
    if (!described.includes(place.id)) {
      field.setAttribute('aria-describedby', [...described, place.id].join(' '));
    }
    first = first || field;
  }
  if (homeless.length) {
    let box = form.querySelector('[data-form-error]');
    if (!box) {
      box = form.ownerDocument.createElement('p');
      box.className = 'error-list';
      box.dataset.formError = '';
      box.tabIndex = -1;
      box.setAttribute('role', 'alert');
      form.prepend(box);
    }
    box.hidden = false;
    box.textContent = homeless.join(' ');
    first = first || box;
  }
  if (first) {
    first.focus();
  }
}

/** The values of a form as an object; `contact.email` becomes `{contact: {email}}`, what is empty is left out. */
export function valuesOf(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string' || value.trim() === '' || name === '_csrf') {
      continue;
    }
    const path = name.split('.');
    let at = values;
    for (const step of path.slice(0, -1)) {
      at[step] = at[step] || {};
      at = at[step];
    }
    at[path[path.length - 1]] = value;
  }
  return values;
}

function busy(form, on) {
  form.dataset.sending = on ? 'true' : '';
  for (const button of form.querySelectorAll('button[type="submit"], button:not([type])')) {
    if (on) {
      button.setAttribute('aria-busy', 'true');
      button.setAttribute('aria-disabled', 'true');
    } else {
      button.removeAttribute('aria-busy');
      button.removeAttribute('aria-disabled');
    }
  }
}

/**
 * Sends a form as JSON whenever it is submitted, once at a time. `done(answer, form)` follows a success; a problem is shown
 * at its fields and the words stay. Options: url (or a function), body (from the form), headers, refused (problem → true if handled).
 */
export function sendAsJson(form, {url = form.action, body = valuesOf, headers, done, refused} = {}) {
  form.noValidate = true;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (form.dataset.sending === 'true') {
      return;
    }
    const missing = [...form.elements].filter(field => field.willValidate && !field.validity.valid);
    if (missing.length) {
      showErrors(form, missing.map(field => ({field: field.name, message: invalidText(field, language(form.ownerDocument))})));
      return;
    }
    clearErrors(form);
    busy(form, true);
    try {
      const answer = await call(typeof url === 'function' ? url(form) : url, {
        method: 'POST', body: body(form), headers: typeof headers === 'function' ? headers(form) : headers,
      }, form.ownerDocument);
      markSaved(form);
      busy(form, false);
      if (done) {
        await done(answer, form);
      }
    } catch (problem) {
      busy(form, false);
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      if (!refused || !refused(problem, form)) {
        showErrors(form, problem.errors, problem.errors.length ? '' : problem.message);
      }
    }
  });
}

/** Forgets that a form has words that were not sent. */
export function markSaved(form) {
  delete form.dataset.unsaved;
}

/** Heard at the document, after a form's own listeners: what those send themselves is none of ours. */
function guardDoubleSubmit(doc) {
  doc.addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented || form.method === 'dialog') {
      return;
    }
    if (form.dataset.sending === 'true') {
      event.preventDefault();
      return;
    }
    markSaved(form);
    busy(form, true);
  });
}

/** Counts the characters of fields that say `data-count` (the id of the place to show it). */
function count(field, doc) {
  const place = doc.getElementById(field.dataset.count);
  const show = () => {
    const most = field.maxLength > 0 ? ` / ${field.maxLength.toLocaleString()}` : '';
    place.textContent = field.value.length.toLocaleString() + most;
  };
  field.addEventListener('input', show);
  show();
}

/** Makes the forms of a page behave. `data-ask-before-leaving` guards typed words; plain forms send once. */
export function startForms(doc = document) {
  guardDoubleSubmit(doc);
  for (const field of doc.querySelectorAll('[data-count]')) {
    count(field, doc);
  }
  doc.addEventListener('input', event => {
    const form = event.target.form;
    if (form && form.hasAttribute('data-ask-before-leaving')) {
      form.dataset.unsaved = 'true';
    }
    if (event.target.getAttribute && event.target.getAttribute('aria-invalid') === 'true') {
      event.target.removeAttribute('aria-invalid');
      const place = form && form.querySelector(`[data-error-for="${CSS.escape(event.target.name)}"]`);
      if (place) {
        place.textContent = '';
      }
    }
  });
  doc.defaultView.addEventListener('beforeunload', event => {
    if (doc.querySelector('form[data-unsaved]')) {
      event.preventDefault();
      event.returnValue = LEAVE[language(doc)];
    }
  });
  doc.defaultView.addEventListener('pageshow', event => {
    if (event.persisted) {
      doc.querySelectorAll('form[data-sending="true"]').forEach(form => busy(form, false));
    }
  });
  for (const button of doc.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', async () => {
      await doc.defaultView.navigator.clipboard.writeText(button.dataset.copy);
      toast(language(doc) === 'ko' ? '복사했습니다.' : 'Copied.', {doc});
    });
  }
  for (const button of doc.querySelectorAll('[data-print]')) {
    button.addEventListener('click', () => doc.defaultView.print());
  }
  for (const button of doc.querySelectorAll('[data-open-dialog]')) {
    button.addEventListener('click', () => doc.getElementById(button.dataset.openDialog).showModal());
  }
  for (const button of doc.querySelectorAll('[data-close-dialog]')) {
    button.addEventListener('click', () => button.closest('dialog').close());
  }
}
