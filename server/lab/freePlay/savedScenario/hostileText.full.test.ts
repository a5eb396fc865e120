import { testHostileText } from '../../../../testing/hostileText.ts';

testHostileText(1);
