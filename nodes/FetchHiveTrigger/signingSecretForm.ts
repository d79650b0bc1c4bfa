import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

import type { KnownSecrets } from '../shared/callback/signedCallback';

const FIELDS = [
	{ name: 'signingSecret', displayName: 'Signing Secret', required: true },
	{ name: 'previousSigningSecret', displayName: 'Previous Signing Secret', required: false },
];

/** A shorter one can be found by trying, from a single signed callback. */
const MIN_LENGTH = 16;

/** What a signing secret can be told by without Fetch Hive: that it is there, is not something else and is not cut off. */
export function testSigningSecret(
	credential: ICredentialDataDecryptedObject,
): INodeCredentialTestResult {
	const { complaint } = secretsIn(credential);
	if (complaint !== undefined) return { status: 'Error', message: complaint };
	return {
		status: 'OK',
		message:
			'The secret has the right form. The first callback shows whether it is the right one, because Fetch Hive has no call that tests it.',
	};
}

/** The secrets that a credential holds, and what is wrong with their form. */
export function secretsIn(credential: ICredentialDataDecryptedObject): KnownSecrets {
	const fields = FIELDS.map((field) => ({ ...field, secret: textIn(credential[field.name]) }));
	const complaints = fields.map(({ displayName, required, secret }) => {
		const complaint = complaintAbout(secret, required);
		return complaint && `'${displayName}' ${complaint}`;
	});
	return {
		secrets: fields.map(({ secret }) => secret),
		complaint: complaints.find((complaint) => complaint !== undefined),
	};
}

function textIn(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function complaintAbout(secret: string, required: boolean): string | undefined {
	if (secret === '' && !required) return undefined;
	if (secret.trim() === '') return 'is blank';
	if (secret !== secret.trim()) return 'starts or ends with a space or line break: remove it';
	if (secret.startsWith('fhk_')) {
		return "is an API key: enter the deployment's signing secret, which Code Snippet shows when Callback delivery is on";
	}
	if (secret.length < MIN_LENGTH) {
		return `is shorter than ${MIN_LENGTH} characters, so it could be guessed: copy the whole signing secret from Code Snippet, or replace it in Fetch Hive by a longer one`;
	}
	return undefined;
}
