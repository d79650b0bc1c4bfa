import { notFound } from '../../shared/api/errorTexts';
import type { ApiRequest } from '../../shared/api/transport';

/** The request that looks a run up by the `request_id` that starting it gave; it starts nothing. */
export function statusRequest(requestId: string, timeoutSeconds: number): ApiRequest {
	return {
		method: 'GET',
		path: `/public/requests/${encodeURIComponent(requestId)}`,
		timeoutSeconds,
		missing: notFound(
			'a request with this ID',
			"Check the 'Request ID': it is the request_id of an item that started a run.",
		),
	};
}
