import { notAboutHashes, onRealInEveryRun, testScenarios } from '../../testing/everyScenario.ts';

// The others are in scenarios.real.full.test.ts.
testScenarios('real', (scenario) => notAboutHashes(scenario) && onRealInEveryRun(scenario));
