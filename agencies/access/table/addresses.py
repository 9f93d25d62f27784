"""Every address: on which record it is, how it is met, and who reaches it. A new address is one line here.

Reaching is getting the page, or having the form judged: a form may be judged before the role or the state is, and those
who then still cannot send it are named too. To everybody else, and for a record that is not open to them, there is
nothing at the address.
"""

from agencies.access.table.of_contacts import AS_REPORTED, CONTACT, HUB, PROTECTION, SEES_CONTACT, TOLD
from agencies.access.table.of_decisions import SEES_SUMMARY, SUMMARY
from agencies.access.table.of_information import INSTRUCTION, ON_REQUEST, REQUEST, SEES_SEALED
from agencies.access.table.of_screening import ENQUIRY, HANDOVER
from agencies.access.table.words import (
    ADMINISTRATOR,
    AUDITOR,
    DECISION_TEAM,
    EVERY_ROLE,
    EVERYBODY,
    FRONT_DOOR,
    LEAD,
    MANAGER,
    OUT_OF_HOURS,
    PANEL,
    PARTNERS,
    RECEIVING_WORKER,
    RESEARCHER,
    SCREENER,
    SOCIAL_WORKER,
    Address,
    Part,
)

LETTER = "decisions.FamilyLetter"
SEND = "POST"
BOTH = "GET POST"

NOBODY: tuple[Part, ...] = ()
FIRST_LINE = (FRONT_DOOR, SCREENER, PANEL, MANAGER)
COMPLETES = (FRONT_DOOR, MANAGER, OUT_OF_HOURS)
LOOKS_BACK = (*FIRST_LINE, SOCIAL_WORKER)
SCREENING = (SCREENER, PANEL, MANAGER)
PROTECTS = (MANAGER, SOCIAL_WORKER, OUT_OF_HOURS)
HANDS_OVER = (*FIRST_LINE, RECEIVING_WORKER)
SEES_ENQUIRY = (*FIRST_LINE, SOCIAL_WORKER, RESEARCHER, LEAD, RECEIVING_WORKER, OUT_OF_HOURS)

ADDRESSES = (
    # hub
    Address("home", NOBODY),
    Address("work", EVERY_ROLE),
    Address("live", EVERYBODY),
    Address("ready", EVERYBODY),
    Address("account_login", EVERYBODY, "", BOTH),
    Address("account_logout", EVERYBODY, "", BOTH),
    Address("account_inactive", EVERYBODY),
    Address("account_signup", EVERYBODY, "", BOTH),
    Address("account_reauthenticate", EVERY_ROLE, "", BOTH),
    Address("account_change_password", EVERY_ROLE, "", BOTH),
    Address("account_set_password", EVERY_ROLE, "", BOTH),
    Address("account_reset_password", EVERYBODY, "", BOTH),
    Address("account_reset_password_from_key_done", EVERYBODY),
    Address("account_reset_password_from_key", EVERYBODY, "", BOTH),
    Address("account_reset_password_done", EVERYBODY),
    # agencies
    Address("agencies:choose_membership", EVERY_ROLE, "", BOTH),
    Address("agencies:directory", (ADMINISTRATOR,)),
    Address("agencies:people", (ADMINISTRATOR,)),
    Address("agencies:new_account", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:account", (ADMINISTRATOR,)),
    Address("agencies:join", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:end_membership", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:agreements", (ADMINISTRATOR,)),
    Address("agencies:new_agreement", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:sign", (ADMINISTRATOR,), "", BOTH),
    # notices
    Address("notices:list", EVERY_ROLE),
    Address("notices:read", EVERY_ROLE, "", SEND),
    Address("notices:retry", NOBODY, "", SEND),
    # contacts
    Address("contacts:start", EVERYBODY),
    Address("contacts:report", EVERYBODY, "", BOTH),
    Address("contacts:report_received", EVERYBODY),
    Address("contacts:status", EVERYBODY, "", BOTH),
    Address("contacts:list", SEES_CONTACT, "", BOTH),
    Address("contacts:new", (FRONT_DOOR, OUT_OF_HOURS), "", BOTH),
    Address("contacts:suggest", (FRONT_DOOR, SCREENER, PANEL, MANAGER, OUT_OF_HOURS), "", SEND),
    Address("contacts:contact", SEES_CONTACT, CONTACT),
    Address("contacts:amend", COMPLETES, CONTACT, BOTH),
    Address("contacts:correct", SEES_CONTACT, CONTACT, BOTH),
    Address("contacts:claim", FIRST_LINE, CONTACT, SEND),
    Address("contacts:acknowledge", (SCREENER, MANAGER, SOCIAL_WORKER, OUT_OF_HOURS), CONTACT, SEND),
    Address("contacts:worker_acknowledged", FIRST_LINE, CONTACT, SEND),
    Address("contacts:earlier_list", SEES_CONTACT, CONTACT),
    Address("contacts:earlier", LOOKS_BACK, CONTACT, BOTH),
    Address("contacts:family", SEES_CONTACT, CONTACT),
    Address("contacts:copy_sheet", COMPLETES, CONTACT),
    Address("contacts:add_person", COMPLETES, CONTACT, BOTH),
    Address("contacts:edit_person", COMPLETES, CONTACT, BOTH),
    Address("contacts:link_person", NOBODY, CONTACT, SEND),
    Address("contacts:undo_link", HUB, CONTACT, SEND),
    Address("contacts:relate", COMPLETES, CONTACT, BOTH),
    Address("contacts:protect", AS_REPORTED, CONTACT, BOTH),
    Address("contacts:protections", SEES_CONTACT, CONTACT),
    Address("contacts:protection", AS_REPORTED, PROTECTION),
    Address("contacts:convene", PROTECTS, PROTECTION, SEND),
    Address("contacts:hold", PROTECTS, PROTECTION, BOTH),
    Address("contacts:stand_down", PROTECTS, PROTECTION, BOTH),
    Address("contacts:whereabouts", AS_REPORTED, PROTECTION, SEND),
    # screening
    Address("screening:queue", EVERY_ROLE),
    Address("screening:screen", SCREENING, CONTACT),
    Address("screening:to_panel", SCREENING, CONTACT, BOTH),
    Address("screening:view", SCREENING, CONTACT, BOTH),
    Address("screening:put_to_manager", SCREENING, CONTACT, BOTH),
    Address("screening:decide_screening", SCREENING, CONTACT, BOTH),
    Address("screening:enquiries", EVERY_ROLE),
    Address("screening:enquiry", SEES_ENQUIRY, ENQUIRY),
    Address("screening:rate", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:rerate", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:own_deadline", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:assign", (MANAGER,), ENQUIRY, BOTH),
    Address("screening:join", FIRST_LINE, ENQUIRY, BOTH),
    Address("screening:clocks", SEES_ENQUIRY, ENQUIRY),
    Address("screening:activity", DECISION_TEAM, ENQUIRY),
    Address("screening:handover", HANDS_OVER, HANDOVER),
    Address("screening:accept_handover", (RECEIVING_WORKER,), HANDOVER, BOTH),
    Address("screening:query_handover", HANDS_OVER, HANDOVER, BOTH),
    Address("screening:decline_handover", HANDS_OVER, HANDOVER, BOTH),
    Address("screening:answer_handover", HANDS_OVER, HANDOVER, BOTH),
    Address("screening:withdraw_handover", SCREENING, HANDOVER, BOTH),
    Address("screening:send_anew", HANDS_OVER, HANDOVER, BOTH),
    # information_sharing
    Address("information_sharing:requests", PARTNERS),
    Address("information_sharing:shared", PARTNERS),
    Address("information_sharing:request", ON_REQUEST, REQUEST),
    Address("information_sharing:heard", PARTNERS, REQUEST, SEND),
    Address("information_sharing:nothing", PARTNERS, REQUEST, SEND),
    Address("information_sharing:cannot_search", PARTNERS, REQUEST, BOTH),
    Address("information_sharing:withheld", PARTNERS, REQUEST, BOTH),
    Address("information_sharing:readers", (LEAD,), REQUEST, BOTH),
    Address("information_sharing:answer", PARTNERS, REQUEST, BOTH),
    Address("information_sharing:add_item", PARTNERS, REQUEST, BOTH),
    Address("information_sharing:seal", PARTNERS, REQUEST, BOTH),
    Address("information_sharing:confirm", PARTNERS, REQUEST, BOTH),
    Address("information_sharing:edit_item", PARTNERS, REQUEST, BOTH),
    Address("information_sharing:withdraw_item", PARTNERS, REQUEST, SEND),
    Address("information_sharing:spoken", DECISION_TEAM, REQUEST, BOTH),
    Address("information_sharing:withdraw", DECISION_TEAM, REQUEST, SEND),
    Address("information_sharing:agencies", DECISION_TEAM, ENQUIRY),
    Address("information_sharing:ask", DECISION_TEAM, ENQUIRY, BOTH),
    Address("information_sharing:authorise", (MANAGER,), ENQUIRY, BOTH),
    Address("information_sharing:information", PROTECTS, ENQUIRY),
    Address("information_sharing:chronology", (MANAGER, SOCIAL_WORKER, RESEARCHER, LEAD, OUT_OF_HOURS), ENQUIRY),
    Address("information_sharing:sealed", (MANAGER,), ENQUIRY),
    Address("information_sharing:propose_instruction", (MANAGER,), ENQUIRY, BOTH),
    Address("information_sharing:instruction", SEES_SEALED, INSTRUCTION, BOTH),
    Address("information_sharing:refuse_instruction", PARTNERS, INSTRUCTION, SEND),
    Address("information_sharing:refuse_for_agency", (LEAD,), INSTRUCTION, SEND),
    # decisions
    Address("decisions:analysis", DECISION_TEAM, ENQUIRY, BOTH),
    Address("decisions:analysis_draft", DECISION_TEAM, ENQUIRY, SEND),
    Address("decisions:analysis_send", DECISION_TEAM, ENQUIRY, SEND),
    Address("decisions:decide", (MANAGER,), ENQUIRY, BOTH),
    Address("decisions:joint_view", (MANAGER,), ENQUIRY, BOTH),
    Address("decisions:send_back", (MANAGER,), ENQUIRY, SEND),
    Address("decisions:decision", SEES_ENQUIRY, ENQUIRY),
    Address("decisions:release", DECISION_TEAM, ENQUIRY, BOTH),
    Address("decisions:close", (MANAGER,), ENQUIRY, SEND),
    Address("decisions:summary", SEES_SUMMARY, SUMMARY),
    Address("decisions:prepare", DECISION_TEAM, SUMMARY, BOTH),
    Address("decisions:release_one", (MANAGER,), SUMMARY, SEND),
    Address("decisions:summary_send_back", (MANAGER,), SUMMARY, BOTH),
    Address("decisions:discard", DECISION_TEAM, SUMMARY, BOTH),
    Address("decisions:withdraw", (MANAGER,), SUMMARY, BOTH),
    Address("decisions:accept", (RECEIVING_WORKER,), SUMMARY, BOTH),
    Address("decisions:query", SEES_SUMMARY, SUMMARY, BOTH),
    Address("decisions:answer", SEES_SUMMARY, SUMMARY, BOTH),
    Address("decisions:decline", SEES_SUMMARY, SUMMARY, SEND),
    Address("decisions:inbox", (RECEIVING_WORKER,)),
    Address("decisions:feedback_queue", HUB),
    Address("decisions:feedback", TOLD, CONTACT, BOTH),
    Address("decisions:letters", TOLD, CONTACT, BOTH),
    Address("decisions:complaint", TOLD, CONTACT, BOTH),
    Address("decisions:complaint_answer", TOLD, CONTACT, SEND),
    Address("decisions:letter", TOLD, LETTER, BOTH),
    Address("decisions:letter_sent", HUB, LETTER, SEND),
    Address("decisions:letter_held_back", TOLD, LETTER, SEND),
    # reporting
    Address("reporting:activity", (AUDITOR,)),
)
