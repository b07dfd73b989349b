/** Today's curve over the band of the usual days. The chart library is fetched after the page can be read. */

function colours(element) {
  const style = getComputedStyle(element);
  const value = name => style.getPropertyValue(name).trim();
  return {
    text: value('--text'), subtle: value('--text-subtle'), line: value('--line-soft'), surface: value('--surface'),
    received: value('--accent'), answered: value('--success-line'), band: value('--accent-line'),
  };
}

/** What the library is told; the band is two stacked areas, the lower one unseen. */
export function options(slots, words, c, size) {
  const line = {type: 'line', symbol: 'none', smooth: false};
  return {
    animation: false,
    aria: {enabled: true, decal: {show: true}},
    textStyle: {fontFamily: size.font, color: c.text},
    grid: {left: 8, right: 16, top: 44, bottom: 8, containLabel: true},
    legend: {top: 4, left: 0, itemGap: 20, textStyle: {color: c.text, fontSize: size.text}, data: [words.received, words.answered, {name: words.range, icon: 'rect'}]},
    tooltip: {trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: c.surface, borderColor: c.subtle, textStyle: {color: c.text, fontSize: size.text},
      formatter: points => {
        const slot = slots[points[0].dataIndex];
        const usual = slot.usualLeast === null ? '–' : `${slot.usualLeast}–${slot.usualMost}`;
        return `${slot.time}\n${words.received} ${slot.received ?? '–'}\n${words.answered} ${slot.answered ?? '–'}\n${words.range} ${usual}`;
      }},
    xAxis: {type: 'category', boundaryGap: false, data: slots.map(slot => slot.time), axisLabel: {color: c.subtle, fontSize: size.text, interval: hourly(slots, size.hours)},
      axisTick: {show: false}, axisLine: {lineStyle: {color: c.subtle}}},
    yAxis: {type: 'value', minInterval: 1, axisLabel: {color: c.subtle, fontSize: size.text}, splitLine: {lineStyle: {color: c.line}}},
    series: [
      {...line, name: 'least', stack: 'band', silent: true, lineStyle: {opacity: 0}, itemStyle: {opacity: 0}, data: slots.map(slot => slot.usualLeast)},
      {...line, name: words.range, stack: 'band', silent: true, lineStyle: {opacity: 0}, itemStyle: {color: c.band},
        areaStyle: {color: c.band, opacity: 0.35, decal: {symbol: 'none'}}, data: slots.map(slot => (slot.usualMost === null ? null : slot.usualMost - slot.usualLeast))},
      {...line, name: words.received, lineStyle: {width: 3, color: c.received}, itemStyle: {color: c.received}, data: slots.map(slot => slot.received)},
      {...line, name: words.answered, lineStyle: {width: 2, type: 'dashed', color: c.answered}, itemStyle: {color: c.answered}, data: slots.map(slot => slot.answered)},
    ],
  };
}

/** Labels at whole hours, every so many. */
function hourly(slots, every) {
  return index => slots[index].time.endsWith(':00') && Number(slots[index].time.slice(0, 2)) % every === 0;
}

function load(url, doc) {
  return new Promise((done, failed) => {
    const script = doc.createElement('script');
    script.src = url;
    script.addEventListener('load', () => done(doc.defaultView.echarts));
    script.addEventListener('error', () => failed(new Error(`${url} did not load`)));
    doc.head.append(script);
  });
}

/** Draws into an element as soon as the library is there; `show(slots)` brings it up to date. */
export function drawCurve(element, words) {
  const doc = element.ownerDocument;
  const view = doc.defaultView;
  let chart = null;
  let slots = [];

  function draw() {
    element.hidden = slots.length === 0;
    if (chart && slots.length) {
      const style = view.getComputedStyle(element);
      const wide = element.clientWidth >= 600;
      const size = {font: style.fontFamily, text: doc.body.classList.contains('wall') && wide ? 17 : 14, hours: element.clientWidth >= 800 ? 1 : wide ? 2 : 3};
      chart.resize();
      chart.setOption(options(slots, words, colours(element), size), {notMerge: true});
    }
  }

  load(words.chart, doc).then(echarts => {
    chart = echarts.init(element, null, {renderer: 'canvas'});
    new view.ResizeObserver(draw).observe(element);
    new view.MutationObserver(draw).observe(doc.documentElement, {attributes: true, attributeFilter: ['data-theme']});
    view.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
    draw();
  }, () => {
    // The table says the same.
    element.hidden = true;
  });
  return {
    show(now) {
      slots = now;
      draw();
    },
  };
}
