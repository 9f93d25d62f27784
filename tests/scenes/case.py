"""One contact the whole way, from the front door to an answer for its referrer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import information_sharing.actions as sharing
import information_sharing.queries
from agencies.access.identity import acting_as
from contacts.actions import relate
from contacts.choices import LevelOfNeed, PersonKind, ReferrerKind, RelationKind
from contacts.models import Contact, Subject
from contacts.rules.intake import ReportedPerson, ReportedReferrer
from decisions import actions
from decisions.actions import AnalysisDraft, Door, SummaryDraft, analysis, preparing
from decisions.choices import DoorQuestion, FamilyTold, Outcome, SealedConsidered
from decisions.models import AnalysisVersion, Decision, MashSummary
from decisions.reads.enquiry import children_of, item_versions
from decisions.rules import ChildOutcome, Deciding
from information_sharing.choices import Handling, LawfulBasis
from information_sharing.models import InformationRequest, Item, SafetyInstruction
from screening.actions import ScreeningDecision
from screening.choices import Criterion, Exit
from screening.models import Enquiry
from tests.people import Person, agency, person, team
from tests.scenes.families import ANA, BO, MIRA, QUILL, TOM, worry_about
from tests.scenes.kept import kept
from tests.scenes.stages import assigned, logged, rated, screened

CHILDREN = (ANA, BO)
REFERRER = QUILL.referrer


@dataclass
class Case:
    """One contact on its way, with those who act on it."""

    at: datetime
    kind: str = ReferrerKind.SCHOOL
    referrer: ReportedReferrer = REFERRER
    children: Sequence[ReportedPerson] = CHILDREN
    people: dict[str, Person] = field(default_factory=dict, compare=False)
    contact: Contact = field(init=False)
    enquiry: Enquiry = field(init=False)

    def who(self, key: str) -> Person:
        """Return somebody of the invented hub."""
        return self.people.setdefault(key, person(key))

    @kept
    def received(self) -> Case:
        """Log the contact with both parents."""
        worry = worry_about(
            QUILL, self.at, referrer_kind=self.kind, people=(*self.children, MIRA, TOM), referrer=self.referrer
        )
        self.contact = logged(worry, self.who("fiona_front"), self.at)
        with acting_as(self.who("fiona_front").viewer) as viewer:
            for parent in Subject.objects.filter(contact=self.contact, kind=PersonKind.ADULT):
                for child in Subject.objects.filter(contact=self.contact, kind=PersonKind.CHILD):
                    relate(self.contact, parent, child, RelationKind.PARENT, viewer=viewer, at=self.at)
        return self

    @kept
    def in_mash(self, colour: str = "amber", worker: str = "saira_worker") -> Case:
        """Screen it into the hub, rate it, assign it."""
        self.received()
        decision = ScreeningDecision(
            exit=Exit.MASH,
            reasons="Several agencies may hold part of this picture.",
            criteria=(Criterion.SEVERAL_AGENCIES,),
            levels={one.position: LevelOfNeed.TARGETED for one in self.subjects() if one.kind == PersonKind.CHILD},
        )
        screened(self.contact, self.who("sunita_screener"), decision, self.at)
        with acting_as(self.manager.viewer):
            self.contact.refresh_from_db()
            self.enquiry = Enquiry.objects.get(reference=self.contact.enquiry_reference)
        rated(self.enquiry, colour, self.manager, self.at)
        assigned(self.enquiry, self.who(worker), self.manager, self.at)
        self.enquiry = Enquiry.objects.get(pk=self.enquiry.pk)
        return self

    def subjects(self) -> list[Subject]:
        """Return everybody in the contact."""
        return list(Subject.objects.filter(contact=self.contact).order_by("position"))

    @property
    def worker(self) -> Person:
        """The social worker."""
        return self.who("saira_worker")

    @property
    def manager(self) -> Person:
        """The manager."""
        return self.who("maeve_manager")

    @kept
    def asked(self, key: str = "police") -> InformationRequest:
        """Ask an agency about everybody."""
        viewer = self.worker.viewer
        ask = sharing.Ask(
            agency_id=agency(key).pk,
            subject_ids=[one.pk for one in self.subjects()],
            asks="What do you hold?",
            purpose="To decide what the children need.",
            lawful_basis=LawfulBasis.PUBLIC_TASK,
        )
        with acting_as(viewer):
            return sharing.request_information(self.enquiry, [ask], viewer=viewer, at=self.at)[0]

    @kept
    def told(
        self, key: str = "police", handling: str = Handling.ONWARD, text: str = "Two calls to the home in May."
    ) -> Item:
        """Have an agency answer with one item about the first child."""
        request = self.asked(key)
        viewer = self.who(f"{RESEARCHERS.get(key, key)}_researcher").viewer
        new = sharing.NewItem(text=text, handling=handling, subject_id=self.subjects()[0].pk)
        with acting_as(viewer):
            sharing.answer_with_items(request, [new], sharing.Search("Log", "name"), viewer=viewer, at=self.at)
            return Item.objects.get(request=request)

    @kept
    def sealed(
        self, request: InformationRequest, key: str = "police", text: str = "An officer lives next door."
    ) -> Item:
        """Have an agency deposit something confidential."""
        viewer = self.who(f"{RESEARCHERS.get(key, key)}_researcher").viewer
        with acting_as(viewer):
            return sharing.deposit_sealed(
                request, sharing.NewItem(text=text, handling=Handling.MANAGER_ONLY), viewer=viewer, at=self.at
            )

    def draft(self, **changes: object) -> AnalysisDraft:
        """Return a whole analysis."""
        with acting_as(self.worker.viewer):
            children = children_of(self.worker.viewer, self.enquiry)
        texts = {name: f"About {name}." for name in analysis.TEXTS}
        meanings = {child.subject.pk: f"What it means for {child.name}." for child in children}
        values: dict[str, object] = {
            "texts": texts,
            "recommended_outcome": Outcome.ASSESSMENT,
            "meanings": meanings,
            **changes,
        }
        return AnalysisDraft(**values)  # type: ignore[arg-type]  # the tests say which

    @kept
    def recommended(self) -> AnalysisVersion:
        """Send the analysis to the manager."""
        viewer = self.worker.viewer
        with acting_as(viewer):
            sent = actions.send_analysis(
                self.enquiry, self.draft(), viewer=viewer, at=self.at, version=0, page=uuid.uuid4()
            )
        self.again()
        return sent

    def again(self) -> Enquiry:
        """Return the enquiry as it stands now."""
        self.enquiry = Enquiry.objects.get(pk=self.enquiry.pk)
        return self.enquiry

    def deciding(self, *outcomes: str, **changes: object) -> Deciding:
        """Return a whole decision for the children in order; assessment where nothing is said."""
        viewer = self.manager.viewer
        with acting_as(viewer):
            children = children_of(viewer, self.enquiry)
            considered = item_versions(viewer, self.enquiry)
        said = {
            child.subject.pk: ChildOutcome(outcome, LevelOfNeed.STATUTORY, f"Because of what {child.name} said.")
            for child, outcome in zip(children, outcomes or [Outcome.ASSESSMENT] * len(children), strict=True)
        }
        values: dict[str, object] = {
            "children": said,
            "considered": considered,
            "missing": "Nothing.",
            "sealed_considered": SealedConsidered.NOT_NEEDED,
            **changes,
        }
        return Deciding(**values)  # type: ignore[arg-type]  # the tests say which

    def opened(self) -> None:
        """Let the manager open what is confidential: what they say they have read, the log knows."""
        with acting_as(self.manager.viewer) as viewer:
            information_sharing.queries.sealed_items(viewer, self.enquiry, purpose="decision", at=self.at)

    @kept
    def decided(self, *outcomes: str, **changes: object) -> Decision:
        """Decide."""
        viewer = self.manager.viewer
        self.opened()
        deciding = self.deciding(*outcomes, **changes)
        with acting_as(viewer):
            decision = actions.record_decision(
                self.enquiry, deciding, viewer=viewer, at=self.at, version=self.again().version
            )
        self.again()
        return decision

    @kept
    def prepared(self, teams: Mapping[int, str] | None = None) -> list[MashSummary]:
        """Draft a summary for each team; all children to the assessment team where nothing is said."""
        viewer = self.worker.viewer
        with acting_as(viewer):
            children = children_of(viewer, self.enquiry)
            keys = teams if teams is not None else dict.fromkeys(range(len(children)), "assessment")
            chosen = {children[place].subject.pk: team(key).pk for place, key in keys.items()}
            return actions.prepare_summaries(self.enquiry, chosen, viewer=viewer, at=self.at)

    @kept
    def with_manager(self, summary: MashSummary, items: Mapping[uuid.UUID, int] | None = None) -> MashSummary:
        """Fill a summary and put it to the manager."""
        viewer = self.worker.viewer
        texts = {name: getattr(summary, name) for name in preparing.TEXTS}
        texts |= {"covering_text": "Please see both children this week.", "agreement": "The family agreed."}
        draft = SummaryDraft(texts, FamilyTold.YES, items or {})
        with acting_as(viewer):
            return actions.put_summary_to_manager(
                summary, draft, viewer=viewer, at=self.at, version=MashSummary.objects.get(pk=summary.pk).version
            )

    @kept
    def released(self, summary: MashSummary, door: Door | None = None) -> MashSummary:
        """Release a summary that is with the manager."""
        viewer = self.manager.viewer
        self.opened()
        with acting_as(viewer):
            found = MashSummary.objects.get(pk=summary.pk)
            sent = actions.release_summary(
                found, door or Door(DoorQuestion.NO), viewer=viewer, at=self.at, version=found.version
            )
        self.again()
        return sent

    @kept
    def instructed(self) -> tuple[MashSummary, SafetyInstruction]:
        """Go as far as a summary with the manager, with a safety instruction proposed from what the police sealed."""
        self.in_mash()
        sealed = self.sealed(self.asked())
        self.recommended()
        self.decided()
        summary = self.with_manager(self.prepared()[0])
        with acting_as(self.manager.viewer) as viewer:
            return summary, sharing.propose_instruction(sealed, "Do not visit alone.", viewer=viewer, at=self.at)

    @kept
    def out(self, *outcomes: str, teams: Mapping[int, str] | None = None) -> list[MashSummary]:
        """Go the whole way to released summaries."""
        self.in_mash()
        item = self.told()
        self.recommended()
        self.decided(*outcomes)
        return [
            self.released(self.with_manager(summary, {item.pk: item.version} if place == 0 else None))
            for place, summary in enumerate(self.prepared(teams))
        ]

    @kept
    def ended(self) -> Contact:
        """Go the whole way to an ended contact whose referrer is owed a word."""
        summary = self.out()[0]
        viewer = self.who("asha_assessment").viewer
        with acting_as(viewer):
            actions.accept_summary(summary, viewer=viewer, at=self.at, version=summary.version)
        with acting_as(self.who("fiona_front").viewer):
            return Contact.objects.get(pk=self.contact.pk)


RESEARCHERS = {"education": "school"}
"""Keys of agencies whose researcher is called otherwise."""
