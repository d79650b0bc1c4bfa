import type { IDataObject } from 'n8n-workflow';

import { assetsIn } from '../../../../nodes/shared/assets/assetFile';
import { readCallback } from '../../../../nodes/shared/callback/callback';

const asset = (index: number) => ({
	id: `asset_${index}`,
	file_url: `https://uploads.fetchhive.com/${index}.png`,
	file_name: `${index}.png`,
	file_size: 10 * index,
	file_type: 'image/png',
});
const found = (index: number) => ({
	fileUrl: `https://uploads.fetchhive.com/${index}.png`,
	fileName: `${index}.png`,
	fileSize: 10 * index,
	fileType: 'image/png',
});
const image = { settings: { image_count: 2 }, assets: [asset(1), asset(2)] };
const imageText = JSON.stringify(image);

describe('the files of a run are found', () => {
	it.each<[string, IDataObject]>([
		["in a workflow's output", { request_id: 'req_1', output: image }],
		["in an agent's answer", { response: 'Here they are', artifacts: image.assets }],
		['in a response', { response: image }],
		['in a raw callback', { event_type: 'workflow.completed', data: { output: image } }],
		['in the response of a raw callback', { data: { response: image } }],
		["in an agent's raw callback", { data: { response: 'Here', artifacts: image.assets } }],
		["beside a callback's output", { output: 'Done', data: { assets: image.assets } }],
	])('%s', (_case, json) => {
		expect(assetsIn(json)).toEqual([found(1), found(2)]);
	});

	it.each<[string, IDataObject]>([
		['data.output', { data: { output: image } }],
		['data.response', { data: { response: image } }],
		['output', { output: image }],
		['data.artifacts', { data: { response: 'Here', artifacts: image.assets } }],
	])('in the simplified item of a callback that has them in %s', (_case, body) => {
		const callback = readCallback({ event_type: 'agent.completed', ...body });
		expect(assetsIn(callback.simplified)).toEqual([found(1), found(2)]);
	});
});

it('each file is found once, in order, wherever it stands', () => {
	const json = {
		output: { assets: [asset(2), asset(1), asset(2)] },
		artifacts: [asset(3)],
		data: { artifacts: [asset(1), asset(4)] },
	};
	expect(assetsIn(json)).toEqual([found(3), found(2), found(1), found(4)]);
});

it.each<[string, unknown]>([
	['no object', 'https://uploads.fetchhive.com/1.png'],
	['null', null],
	['a list', [asset(1)]],
	['without an address', { file_name: '1.png' }],
	['with an empty address', { file_url: '' }],
	['with an address that is no text', { file_url: { href: 'https://uploads.fetchhive.com' } }],
])('an entry is no file: %s', (_case, entry) => {
	expect(assetsIn({ output: { assets: [entry, asset(1)] } as IDataObject })).toEqual([found(1)]);
});

it.each<[string, IDataObject]>([
	['a text', { output: 'A text about assets' }],
	['an output that is text of a list of files', { output: imageText }],
	['a response that is text of one', { response: `\n ${imageText}` }],
	['a raw output that is text of one', { data: { output: imageText } }],
	['a raw response that is text of one', { data: { response: imageText } }],
	['a list of files that is text', { assets: JSON.stringify(image.assets) }],
	['assets that are no list', { output: { assets: { 0: asset(1) } } }],
	['nothing', { output: null, data: null }],
	['data that is text', { data: imageText }],
])('no files are found in %s', (_case, json) => {
	expect(assetsIn(json)).toEqual([]);
});

it('a description of other types than documented keeps what is of use', () => {
	const odd = { file_url: 'https://a.example/b', file_name: 7, file_size: '10 KB', file_type: {} };
	expect(assetsIn({ artifacts: [odd] })).toEqual([{ fileUrl: 'https://a.example/b' }]);
});
