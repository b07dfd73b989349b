/** Times as people read them. All are shown in the city's zone, given by `data-zone` of the body or an argument. */

const DAYS = {ko: ['일', '월', '화', '수', '목', '금', '토'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map();

function formatOf(zone) {
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', weekday: 'short',
    }));
  }
  return formats.get(zone);
}

/** The parts of an instant on the wall clock of a zone. */
export function wallClock(at, zone = 'Asia/Seoul') {
  const parts = {};
  for (const {type, value} of formatOf(zone).formatToParts(new Date(at))) {
    parts[type] = value;
  }
  return {
    year: Number(parts.year), month: Number(parts.month), day: Number(parts.day), weekday: DAYS.en.indexOf(parts.weekday),
    hour: parts.hour, minute: parts.minute,
  };
}

/** `2026. 1. 5.(월)` or `Mon 5 Jan 2026`. */
export function dateText(at, lang = 'ko', zone = 'Asia/Seoul') {
  const c = wallClock(at, zone);
  return lang === 'ko'
    ? `${c.year}. ${c.month}. ${c.day}.(${DAYS.ko[c.weekday]})`
    : `${DAYS.en[c.weekday]} ${c.day} ${MONTHS[c.month - 1]} ${c.year}`;
}

/** `14:05`. */
export function clockText(at, zone = 'Asia/Seoul') {
  const c = wallClock(at, zone);
  return `${c.hour}:${c.minute}`;
}

/** `2026. 1. 5.(월) 14:05`. */
export function dateTimeText(at, lang = 'ko', zone = 'Asia/Seoul') {
  return `${dateText(at, lang, zone)} ${clockText(at, zone)}`;
}

/** How long a span is, in the largest unit that fits: `12분`, `3시간`, `2일`. */
export function spanText(millis, lang = 'ko') {
  const span = Math.abs(millis);
  const [count, ko, en] = span < HOUR ? [Math.floor(span / MINUTE), '분', 'min']
    : span < DAY ? [Math.floor(span / HOUR), '시간', 'h'] : [Math.floor(span / DAY), '일', 'd'];
  return lang === 'ko' ? `${count}${ko}` : `${count} ${en}`;
}

/** `방금`, `12분 전`, `3시간 전`, `2일 뒤`. */
export function relativeText(at, now, lang = 'ko') {
  const past = now - new Date(at).getTime();
  if (Math.abs(past) < MINUTE) {
    return lang === 'ko' ? '방금' : 'just now';
  }
  const span = spanText(past, lang);
  if (past > 0) {
    return lang === 'ko' ? `${span} 전` : `${span} ago`;
  }
  return lang === 'ko' ? `${span} 뒤` : `in ${span}`;
}

/** A running duration: `2:05`, `1:02:05`. */
export function durationText(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = n => String(n).padStart(2, '0');
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Days between two instants as the calendar of the zone counts them. */
export function daysBetween(from, to, zone = 'Asia/Seoul') {
  const [a, b] = [wallClock(from, zone), wallClock(to, zone)];
  return Math.round((Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / DAY);
}

/**
 * How near a due time is: `{state, word}` with state `late`, `soon` or `open`, and words such as `D-2`,
 * `오늘 17:00까지`, `3시간 경과`.
 */
export function dueText(due, now, lang = 'ko', zone = 'Asia/Seoul') {
  const left = new Date(due).getTime() - now;
  const ko = lang === 'ko';
  if (left < 0) {
    const span = -left < MINUTE ? (ko ? '1분' : '1 min') : spanText(left, lang);
    return {state: 'late', word: ko ? `${span} 경과` : `${span} overdue`};
  }
  const days = daysBetween(now, due, zone);
  if (days === 0) {
    const clock = clockText(due, zone);
    return {state: 'soon', word: ko ? `오늘 ${clock}까지` : `today by ${clock}`};
  }
  return {state: days === 1 ? 'soon' : 'open', word: ko ? `D-${days}` : `D-${days}`};
}

/**
 * Writes what an element's data asks for: `<time datetime data-show="date|datetime|clock|relative|both|due|running">`.
 * A due time also sets the badge class of its element.
 */
export function showTime(element, now, lang, zone) {
  const at = element.getAttribute('datetime');
  if (!at || Number.isNaN(Date.parse(at))) {
    return;
  }
  const full = dateTimeText(at, lang, zone);
  let text = full;
  switch (element.dataset.show) {
    case 'date': text = dateText(at, lang, zone); break;
    case 'clock': text = clockText(at, zone); break;
    case 'relative': text = relativeText(at, now, lang); break;
    case 'both': text = `${full} (${relativeText(at, now, lang)})`; break;
    case 'running': text = durationText(now - Date.parse(at)); break;
    case 'due': {
      const due = dueText(at, now, lang, zone);
      text = due.word;
      element.classList.add('badge');
      element.classList.toggle('badge-late', due.state === 'late');
      element.classList.toggle('badge-soon', due.state === 'soon');
      break;
    }
    default:
  }
  if (element.textContent !== text) {
    element.textContent = text;
  }
  if (text !== full && element.title !== full) {
    element.title = full;
  }
}

/** Shows all times below a node now. */
export function showTimes(node = document, now = Date.now()) {
  const doc = node.ownerDocument || node;
  const lang = doc.documentElement.lang === 'en' ? 'en' : 'ko';
  const zone = doc.body.dataset.zone || 'Asia/Seoul';
  for (const element of node.querySelectorAll('time[data-show]')) {
    showTime(element, now, lang, zone);
  }
}

/** Keeps the times of the page true: running ones each second, the others each half minute. */
export function startTimes(doc = document) {
  showTimes(doc);
  let beats = 0;
  setInterval(() => {
    beats += 1;
    if (beats % 30 === 0) {
      showTimes(doc);
    } else {
      const lang = doc.documentElement.lang === 'en' ? 'en' : 'ko';
      for (const element of doc.querySelectorAll('time[data-show="running"]')) {
        showTime(element, Date.now(), lang, doc.body.dataset.zone || 'Asia/Seoul');
      }
    }
  }, 1000);
}
