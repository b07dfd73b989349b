import {test} from 'node:test';
import {equal} from 'node:assert/strict';
import {invalidText} from '../../main/resources/static/assets/forms.js';

test('what is wrong with a field is said in the page\'s language', () => {
  equal(invalidText({validity: {valueMissing: true}, dataset: {invalid: '다르게'}}), '꼭 적어야 하는 항목입니다.');
  equal(invalidText({validity: {tooLong: true}, dataset: {}, maxLength: 20000}, 'en'), 'At most 20,000 characters.');
  equal(invalidText({validity: {patternMismatch: true}, dataset: {invalid: '숫자 네 자리를 적어 주십시오.'}}), '숫자 네 자리를 적어 주십시오.');
});
