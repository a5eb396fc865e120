import { notAboutHashes, onRealInEveryRun, testScenarios } from '../../testing/everyScenario.ts';

// Every run plays the others: scenarios.real.test.ts.
testScenarios('real', (scenario) => notAboutHashes(scenario) && !onRealInEveryRun(scenario));
