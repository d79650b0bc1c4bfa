/**
 * The switches of the emulator that no look from outside can tell, and why. Every other one is found by a probe.
 *
 * @type {Partial<Record<keyof import('../emulator/switches').Switches, string>>}
 */
const CANNOT_BE_FOUND = {
	answerDelayMs: 'a delay that a test asks for; the record says how long each answer took',
	slowMs: 'how long a run takes is up to the deployment',
	streamHeld: 'a pause that a test asks for',
	streamFault:
		'a passing fault of a stream, which cannot be caused; the record has the streams that came',
	callbackDelayMs: 'how long a run takes is up to the deployment; the record has the times',
	humanApproves: 'stands for the person that the run waits for',
	callbackEndStatus: 'makes runs end otherwise than they did, which the service does not',
	callbackTamper: 'a forger, not the service; a callback whose signature fits no form is reported',
	dailyLimit: "finding it would use up the day's calls; the account's plan names it",
	providerRateLimit: 'a passing fault of the model provider, which cannot be caused',
	fault: 'a fault that a test asks for, which cannot be caused',
	faultOn: 'says which requests a fault that a test asks for is for',
	failingLookUps: 'a passing fault of the service, which cannot be caused',
};

module.exports = { CANNOT_BE_FOUND };
