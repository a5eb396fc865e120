import { everyOther, testScenarios } from '../../testing/everyScenario.ts';

// Half of them, so that two processes share the work. The page of each in one variant; in both: scenarios.mock.full.test.ts.
testScenarios('mock', everyOther(0));
