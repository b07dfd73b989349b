import {test} from 'node:test';
import {equal} from 'node:assert/strict';
import {cookie, sentence} from '../../main/resources/static/assets/api.js';
import {numberText, retryDelay} from '../../main/resources/static/assets/live.js';
import {themeOf} from '../../main/resources/static/assets/theme.js';

test('a problem becomes a sentence', () => {
  equal(sentence(409, {detail: '김민원 님이 먼저 답변했습니다.'}), '김민원 님이 먼저 답변했습니다.');
  equal(sentence(500, {detail: 'The fault is ours.', id: 'ab12'}, 'en'), 'The fault is ours. (Number for questions ab12)');
  equal(sentence(502, null, 'en'), 'That did not work. Please try again in a moment.');
  equal(/연결/.test(sentence(0, null)), true);
});

test('a cookie is found whole', () => {
  equal(cookie('XSRF-TOKEN', 'a=1; XSRF-TOKEN=x%3Dy; XSRF=z'), 'x=y');
  equal(cookie('XSRF', 'a=1; XSRF-TOKEN=x'), null);
});

test('tries to reconnect come further apart, up to a bound', () => {
  equal(retryDelay(0, () => 1), 1000);
  equal(retryDelay(3, () => 0), 4000);
  equal(retryDelay(50, () => 1), 15000);
});

test('numbers', () => {
  equal(numberText(1306), '1,306');
  equal(numberText(undefined), '–');
  equal(numberText(97.26, 'ko', 1), '97.3');
});

test('the switch goes before the system', () => {
  equal(themeOf({dataset: {theme: 'light'}}, true), 'light');
  equal(themeOf({dataset: {}}, true), 'dark');
});
