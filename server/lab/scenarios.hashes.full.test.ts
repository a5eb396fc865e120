import { aboutHashes, testScenarios } from '../../testing/everyScenario.ts';

testScenarios('mock', aboutHashes, true);
testScenarios('real', aboutHashes);
