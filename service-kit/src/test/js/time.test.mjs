import {test} from 'node:test';
import {deepEqual, equal} from 'node:assert/strict';
import {clockText, dateTimeText, daysBetween, dueText, durationText, relativeText} from '../../main/resources/static/assets/time.js';

const now = Date.parse('2026-01-05T14:05:00+09:00');
const at = text => Date.parse(text);

test('dates are written as here', () => {
  equal(dateTimeText('2026-01-05T14:05:00+09:00'), '2026. 1. 5.(월) 14:05');
  equal(dateTimeText('2026-01-05T00:00:00+09:00'), '2026. 1. 5.(월) 00:00');
  equal(dateTimeText('2026-01-05T14:05:00+09:00', 'en'), 'Mon 5 Jan 2026 14:05');
  equal(dateTimeText('2026-01-05T14:05:00+09:00', 'ko', 'America/Los_Angeles'), '2026. 1. 4.(일) 21:05');
  equal(clockText('2026-01-05T09:00:00+09:00'), '09:00');
});

test('relative times', () => {
  equal(relativeText(now - 20_000, now), '방금');
  equal(relativeText(now - 12 * 60_000, now), '12분 전');
  equal(relativeText(now - 3 * 3_600_000, now), '3시간 전');
  equal(relativeText(now + 49 * 3_600_000, now), '2일 뒤');
  equal(relativeText(now - 12 * 60_000, now, 'en'), '12 min ago');
});

test('due words', () => {
  deepEqual(dueText('2026-01-07T09:00:00+09:00', now), {state: 'open', word: 'D-2'});
  deepEqual(dueText('2026-01-06T00:00:00+09:00', now), {state: 'soon', word: 'D-1'});
  deepEqual(dueText('2026-01-05T17:00:00+09:00', now), {state: 'soon', word: '오늘 17:00까지'});
  deepEqual(dueText('2026-01-05T11:05:00+09:00', now), {state: 'late', word: '3시간 경과'});
  deepEqual(dueText('2026-01-05T14:04:50+09:00', now), {state: 'late', word: '1분 경과'});
});

test('days are those of the calendar, also over a clock change', () => {
  equal(daysBetween(at('2026-01-05T23:59:00+09:00'), at('2026-01-06T00:01:00+09:00')), 1);
  equal(daysBetween(at('2026-03-07T12:00:00-08:00'), at('2026-03-09T12:00:00-07:00'), 'America/Los_Angeles'), 2);
});

test('running times', () => {
  equal(durationText(125_000), '2:05');
  equal(durationText(3_725_000), '1:02:05');
  equal(durationText(-5), '0:00');
});
