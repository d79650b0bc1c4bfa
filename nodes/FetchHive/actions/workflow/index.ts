import { invoke } from './invoke.operation';
import { invokeAndWait } from './invokeAndWait.operation';
import { invokeAsync } from './invokeAsync.operation';

/** The operations of the Workflow resource by their `operation` value, in the order of the list. */
export const workflowOperations = { invoke, invokeAndWait, invokeAsync };
