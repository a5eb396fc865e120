import { everyOther, testScenarios } from '../../testing/everyScenario.ts';

// The other half: scenarios.mock.even.test.ts.
testScenarios('mock', everyOther(1));
