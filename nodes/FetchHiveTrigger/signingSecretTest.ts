import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

const FIELDS = [
	{ name: 'signingSecret', displayName: 'Signing Secret', required: true },
	{ name: 'previousSigningSecret', displayName: 'Previous Signing Secret', required: false },
];

/** What a signing secret can be told by without Fetch Hive: that it is there, and is not something else. */
export function testSigningSecret(
	credential: ICredentialDataDecryptedObject,
): INodeCredentialTestResult {
	for (const { name, displayName, required } of FIELDS) {
		const complaint = complaintAbout(credential[name], required);
		if (complaint !== undefined) {
			return { status: 'Error', message: `'${displayName}' ${complaint}` };
		}
	}
	return {
		status: 'OK',
		message:
			'The secret has the right shape. Whether it is the right one shows with the first callback: Fetch Hive offers no way to test it.',
	};
}

function complaintAbout(value: unknown, required: boolean): string | undefined {
	const secret = typeof value === 'string' ? value : '';
	if (secret === '' && !required) return undefined;
	if (secret.trim() === '') return 'is blank';
	if (secret !== secret.trim()) return 'starts or ends with a space or line break: remove it';
	if (secret.startsWith('fhk_')) {
		return "is an API key: enter the deployment's signing secret, which Code Snippet shows when Callback delivery is on";
	}
	return undefined;
}
