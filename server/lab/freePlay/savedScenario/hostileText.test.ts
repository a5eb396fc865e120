import { testHostileText } from '../../../../testing/hostileText.ts';

// More texts: hostileText.full.test.ts.
testHostileText(1 / 4);
