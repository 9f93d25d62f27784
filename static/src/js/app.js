// Starts the components of both libraries and the hub's own. Every page works without this file.
import { initAll as startGovuk } from "./vendor/govuk-frontend.min.js";
import { initAll as startMoj } from "./vendor/moj-frontend.min.js";
import { startClocks } from "./clocks.js";
import { startDrafts } from "./drafts.js";
import { startKeeping } from "./keep.js";
import { startKeys } from "./keys.js";
import { startSubmitGuard } from "./submit-guard.js";
import { startSuggestions } from "./suggest.js";

startGovuk();
startMoj();
startClocks();
startDrafts();
startKeeping();
startKeys();
startSubmitGuard();
startSuggestions();
