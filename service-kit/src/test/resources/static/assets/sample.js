import {KeyedList, connect, make, patchFigures} from './live.js';
import {sendAsJson} from './forms.js';

if (document.querySelector('[data-figure]')) {
  connect('/live', {picture: data => patchFigures(document, data)});
  sendAsJson(document.getElementById('form'), {url: '/orders'});
} else {
  const queue = new KeyedList(document.querySelector('[data-rows]'),
    row => make('li', {}, make('button', {class: 'list-item', type: 'button'}, make('span', {class: 'list-title'}, row.subject),
      make('time', {datetime: row.dueAt, 'data-show': 'due'}, row.dueAt))), row => row.id);
  connect('/rows', {snapshot: data => queue.apply(data), changes: data => queue.apply(data)});
}
document.documentElement.dataset.sampleLoaded = 'true';
