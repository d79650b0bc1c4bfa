/** How the operations of a resource are called, for texts that tell which one to use. */
export interface OperationNames {
	/** The one that lets the execution sleep. */
	wait: string;
	/** The one that starts a run and returns at once. */
	async: string;
	/** The one that waits for the output with the connection open. */
	direct: string;
}

/** Of all resources that are invoked. */
export const INVOKE_NAMES: OperationNames = {
	wait: 'Invoke and Wait',
	async: 'Invoke Async',
	direct: 'Invoke',
};
