import { notAboutHashes, testScenarios } from '../../testing/everyScenario.ts';

testScenarios('mock', notAboutHashes, true);
