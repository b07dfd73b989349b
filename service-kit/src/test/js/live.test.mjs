import {test} from 'node:test';
import {deepEqual, equal} from 'node:assert/strict';
import {connect} from '../../main/resources/static/assets/live.js';

/** A connection to a service, whose side the test plays. */
class Connection {
  static CLOSED = 2;
  static all = [];

  constructor(url) {
    this.url = String(url);
    this.readyState = 0;
    this.listeners = new Map();
    Connection.all.push(this);
  }

  addEventListener(name, listener) {
    this.listeners.set(name, listener);
  }

  close() {
    this.readyState = Connection.CLOSED;
  }

  say(name, data = {}, lastEventId = '') {
    return this.listeners.get(name)({data: JSON.stringify(data), lastEventId});
  }
}

function page() {
  return {
    baseURI: 'http://127.0.0.1:8082/',
    documentElement: {lang: 'ko'},
    body: {dataset: {zone: 'Asia/Seoul'}, classList: {toggle() {}}},
    defaultView: {addEventListener() {}},
    querySelectorAll: () => [],
  };
}

function begin(t) {
  t.mock.timers.enable({apis: ['setTimeout', 'setInterval', 'Date']});
  Connection.all = [];
  globalThis.EventSource = Connection;
  const states = [];
  const pictures = [];
  const stream = connect('/live', {picture: data => pictures.push(data), state: state => states.push(state)}, page());
  const first = Connection.all[0];
  first.say('open');
  first.say('picture', {received: 1}, 'run1-7');
  return {stream, first, states, pictures};
}

test('a stream that ends as it should is opened again unnoticed, and catches up', t => {
  const {stream, first, states, pictures} = begin(t);
  first.say('over');
  equal(first.readyState, Connection.CLOSED);
  equal(Connection.all.length, 1);
  t.mock.timers.tick(2_000);
  equal(Connection.all.length, 2);
  const second = Connection.all[1];
  equal(second.url, 'http://127.0.0.1:8082/live?lastEventId=run1-7');
  second.say('open');
  second.say('picture', {received: 2}, 'run1-8');
  deepEqual(states, ['connecting', 'open']);
  deepEqual(pictures, [{received: 1}, {received: 2}]);
  stream.close();
});

test('whoever may no longer look is told so when the stream comes back', async t => {
  const {stream, first, states} = begin(t);
  globalThis.fetch = async () => ({status: 401, type: 'basic'});
  first.say('over');
  t.mock.timers.tick(2_000);
  const second = Connection.all[1];
  second.readyState = Connection.CLOSED;
  await second.say('error');
  equal(stream.state(), 'login');
  deepEqual(states, ['connecting', 'open', 'lost', 'login']);
  stream.close();
});

test('a connection that breaks is said at once', t => {
  const {stream, first, states} = begin(t);
  first.say('error');
  deepEqual(states, ['connecting', 'open', 'lost']);
  stream.close();
});
