import type { INodePropertyCollection } from 'n8n-workflow';

import { FetchHiveSigningSecretApi } from '../../../credentials/FetchHiveSigningSecretApi.credentials';

const credential = new FetchHiveSigningSecretApi();

it('is named as the contract says', () => {
	expect(credential.name).toBe('fetchHiveSigningSecretApi');
	expect(credential.displayName).toBe('Fetch Hive Signing Secret API');
});

it('asks for the secret and, if there is one, the secret before it, both hidden', () => {
	const fields = credential.properties
		.filter(({ type }) => type === 'string')
		.map(({ name, type, typeOptions, required, default: value }) => ({
			name,
			type,
			isHidden: typeOptions?.password === true,
			isRequired: required === true,
			value,
		}));
	expect(fields).toEqual([
		{ name: 'signingSecret', type: 'string', isHidden: true, isRequired: true, value: '' },
		{ name: 'previousSigningSecret', type: 'string', isHidden: true, isRequired: false, value: '' },
	]);
});

it('takes secrets of other deployments, hidden as well', () => {
	const [{ options }] = credential.properties.filter(({ type }) => type === 'fixedCollection');
	const [{ values }] = options as INodePropertyCollection[];
	expect(values).toMatchObject([
		{ name: 'label' },
		{ name: 'signingSecret', typeOptions: { password: true } },
	]);
});

it('says that its test cannot tell whether the secret is right', () => {
	const notice = credential.properties.find(({ type }) => type === 'notice');
	expect(notice?.displayName).toContain('only checks the form');
});

it('sends its secrets nowhere: it neither signs requests nor tests itself by one', () => {
	expect(credential).not.toHaveProperty('authenticate');
	expect(credential).not.toHaveProperty('test');
});
