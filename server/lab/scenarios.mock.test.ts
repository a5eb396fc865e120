import { notAboutHashes, testScenarios } from '../../testing/everyScenario.ts';

// The page of each scenario in one variant; in both: scenarios.mock.full.test.ts.
testScenarios('mock', notAboutHashes);
