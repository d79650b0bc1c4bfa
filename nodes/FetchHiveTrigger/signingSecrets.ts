import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

import { holdsShortKey, isGuessable, MIN_SECRET_LENGTH } from '../shared/callback/signature';
import type { KnownSecrets } from '../shared/callback/signedCallback';
import { isRecord } from '../shared/values/value';

export const CREDENTIAL_TYPE = 'fetchHiveSigningSecretApi';

const FIELDS = [
	{ name: 'signingSecret', displayName: 'Signing Secret', required: true },
	{ name: 'previousSigningSecret', displayName: 'Previous Signing Secret', required: false },
];

const LONGER_ONE =
	'so it could be guessed: copy the whole signing secret from Code Snippet, or replace it in Fetch Hive by a longer one';

/** Checks what can be checked without Fetch Hive: that a signing secret is there, is not something else and is not cut off. */
export function testSigningSecret(
	credential: ICredentialDataDecryptedObject,
): INodeCredentialTestResult {
	const { fault } = secretsIn(credential);
	if (fault !== undefined) return { status: 'Error', message: fault };
	return {
		status: 'OK',
		message:
			'The secret has the right form. The first callback shows whether it is the right one, because Fetch Hive has no call that tests it.',
	};
}

/** The secrets of a trigger's credential. */
export interface TriggerSecrets extends KnownSecrets {
	/** The user's name for a secret, by the secret. */
	labels: ReadonlyMap<string, string>;
}

/** The secrets that a credential holds, except for those that could be guessed, and what is wrong with their form. */
export function secretsIn(credential: ICredentialDataDecryptedObject): TriggerSecrets {
	const rows = rowsIn(credential.moreDeployments);
	const fields = [
		...FIELDS.map((field) => ({ ...field, secret: textIn(credential[field.name]) })),
		...rows.map(({ label, secret }, index) => ({
			displayName: `More Deployments: ${label === '' ? index + 1 : label}`,
			required: true,
			secret,
		})),
	];
	const faults = fields.map(({ displayName, required, secret }) => {
		const fault = faultOf(secret, required);
		return fault && `'${displayName}' ${fault}`;
	});
	return {
		secrets: fields.map(({ secret }) => secret).filter((secret) => !isGuessable(secret)),
		labels: new Map(rows.map(({ label, secret }) => [secret, label])),
		fault: faults.find((fault) => fault !== undefined),
	};
}

function rowsIn(collection: unknown): Array<{ label: string; secret: string }> {
	const rows =
		isRecord(collection) && Array.isArray(collection.deployment) ? collection.deployment : [];
	return rows
		.filter(isRecord)
		.map((row) => ({ label: textIn(row.label), secret: textIn(row.signingSecret) }));
}

function textIn(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

function faultOf(secret: string, required: boolean): string | undefined {
	if (secret === '' && !required) return undefined;
	if (secret === '') return 'is blank';
	if (/^["'`]|["'`]$/.test(secret)) return 'starts or ends with a quote: remove the quotes';
	if (secret.startsWith('v1,')) {
		return "starts with v1, as a signature does: enter the deployment's signing secret from Code Snippet";
	}
	if (/\p{C}/u.test(secret)) {
		return 'holds an invisible character: copy it anew from Code Snippet';
	}
	if (secret.startsWith('fhk_')) {
		return "is an API key: enter the deployment's signing secret, which Code Snippet shows when Callback delivery is on";
	}
	if (secret.length < MIN_SECRET_LENGTH) {
		return `is shorter than ${MIN_SECRET_LENGTH} characters, ${LONGER_ONE}`;
	}
	if (holdsShortKey(secret)) {
		return `holds a key shorter than ${MIN_SECRET_LENGTH} bytes behind whsec_, ${LONGER_ONE}`;
	}
	return undefined;
}
