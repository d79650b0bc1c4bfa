import { itLeaksNothing } from '../e2e/rest/suite';
import { testAgent } from './agent';
import { testCallbacks } from './callbacks';
import { testKilledWorkers } from './killedWorkers';
import { testMainDown } from './mainDown';
import { startQueueSuite } from './queueSuite';
import { testRestartedServers } from './restartedServers';

// All in one file: starting the seven processes takes longer than most of the tests.
const suite = startQueueSuite('queue');

testCallbacks(suite);
testAgent(suite);
testKilledWorkers(suite);
testMainDown(suite);
testRestartedServers(suite);
itLeaksNothing(suite, async () => await suite.cluster.databaseText());
