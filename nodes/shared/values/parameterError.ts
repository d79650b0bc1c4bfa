/**
 * A parameter that cannot be sent. Thrown by the pure files, before any request; the router turns it into a
 * NodeOperationError of the item.
 */
export class ParameterError extends Error {
	/**
	 * @param message What is wrong, with the parameter's display name in single quotes.
	 * @param description What the user can do about it.
	 */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'ParameterError';
	}
}
