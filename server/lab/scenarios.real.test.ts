import { notAboutHashes, testScenarios } from '../../testing/everyScenario.ts';

testScenarios('real', notAboutHashes);
