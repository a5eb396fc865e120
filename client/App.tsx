import { useSlug, useStandardsAsked } from './address.ts';
import { Catalogue } from './pages/Catalogue.tsx';
import { Notice } from './pages/Notice.tsx';
import { ScenarioPage } from './pages/ScenarioPage.tsx';
import { Standards } from './pages/Standards.tsx';
import type { Api } from './serverApi.ts';
import { useOffer } from './useOffer.ts';

/** Which page the address means, once it is known what can be played. */
export function App({ api }: { api: Api }) {
  const slug = useSlug();
  const standardsAsked = useStandardsAsked();
  const { offer, problem, ask } = useOffer(api);
  if (!offer) {
    return problem && <Notice title="Session Sandbox" sentence={problem} action="Try again" onAction={ask} />;
  }
  const { scenarios } = offer.catalogue;
  if (standardsAsked) return <Standards scenarios={scenarios} />;
  if (slug === null) return <Catalogue scenarios={scenarios} />;
  const scenario = scenarios.find((one) => one.slug === slug);
  if (!scenario) return <Catalogue scenarios={scenarios} unknown={slug} />;
  return <ScenarioPage scenario={scenario} scenarios={scenarios} stores={offer.stores} onLookAgain={ask} />;
}
