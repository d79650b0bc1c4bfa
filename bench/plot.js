const { writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const echarts = require('echarts');
const { median } = require('./statistics');

const PLOT = join(__dirname, '..', 'docs', 'images', 'callbacks.svg');
const SIZE = { width: 760, height: 320 };
/** @type {Record<string, string>} */
const NAMES = {
	default: "n8n's default",
	lazy: 'lazy expression engine',
	'compile cache': 'compile cache',
};
/** Light enough for a white page and dark enough for a black one. */
const TEXT = { color: '#808080', fontFamily: 'sans-serif' };

/**
 * Draws how many executions a second each receiver starts, by n8n's engine, for docs/measurements.md.
 *
 * @param {string[]} names of the receivers
 * @param {Array<{engine: string, taken: Array<Array<{perSecond: number}>>}>} measured
 */
async function plotCallbacks(names, measured) {
	const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
	chart.setOption({
		animation: false,
		textStyle: TEXT,
		color: ['#8a8fa3', '#e8a33d', '#5a9bb8'],
		title: {
			left: 0,
			text: 'Signed callbacks of 1 KB that become executions, per second',
			textStyle: { ...TEXT, fontSize: 15 },
		},
		legend: { top: 30, left: 0, itemGap: 40, textStyle: TEXT },
		grid: { left: 180, right: 48, top: 64, bottom: 24 },
		xAxis: { type: 'value', axisLabel: TEXT },
		yAxis: { type: 'category', inverse: true, data: names, axisLabel: TEXT },
		series: measured.map(({ engine, taken }) => ({
			name: NAMES[engine],
			type: 'bar',
			data: taken.map((rounds) =>
				Number(median(rounds.map(({ perSecond }) => perSecond)).toFixed(1)),
			),
			label: { show: true, position: 'right', ...TEXT },
		})),
	});
	await writeFile(PLOT, `${chart.renderToSVGString()}\n`);
	chart.dispose();
}

module.exports = { plotCallbacks };
