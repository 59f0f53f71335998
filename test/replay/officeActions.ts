import { id as hashText } from "ethers";
import { ethers, PROVINCE, passWindow, WINDOWS } from "../support/deploy.ts";
import type { Stage } from "./stage.ts";

const REASON = hashText("reasons");
const NOTICE = { notice: { duration: 900n, blocks: 2n }, decision: { duration: 700n, blocks: 2n }, deposit: 1n };
const NONE = { notice: { duration: 0n, blocks: 0n }, decision: { duration: 0n, blocks: 0n }, deposit: 0n };
const TERM = 5_000n;

/** What is done through the register's offices, and to accounts whose keys are lost. */
export function officeActions(stage: Stage): Record<string, (name: string) => Promise<void>> {
  const { system, people, ids } = stage.world;
  const { assets, policies, notice, supervision, votes, certificates, participants } = system;
  const { registrar, supervisor, steward } = system;
  const holderOf = async (id: bigint) => stage.signer((await assets.assetOf(id)).holder);
  const proposerOf = async (id: bigint) => (id % 4n === 0n ? stage.signer(await assets.operatorOf(id)) : holderOf(id));

  return {
    propose: async (name) => {
      const id = stage.id();
      const policy = stage.random(4) === 0 ? 1n : 0n;
      const proposer = await proposerOf(id);
      const call = () => policies.connect(proposer).propose(id, policy);
      await stage.attempt(name, call, ["Policies_Unknown", "Assets_Inactive", "Assets_NotHolder"]);
    },
    enact: async (name) => {
      const id = stage.id();
      const proposer = await proposerOf(id);
      const call = () => policies.enact(id, proposer, []);
      const refusals = [
        "Policies_NotProposed",
        "Policies_NoticeRunning",
        "Policies_ProposalExpired",
        "Policies_NothingToEnd",
        "Assets_NotHolder",
      ];
      await stage.attempt(name, call, refusals);
    },
    terms: async (name) => {
      if (ids.length > 9) return;
      const terms = (await notice.termsOf(PROVINCE)).deposit === 0n ? NOTICE : NONE;
      await stage.scheduled(steward, notice, "setTerms", [PROVINCE, terms]);
      await stage.attempt(name, () => notice.connect(steward).setTerms(PROVINCE, terms), []);
    },
    object: async (name) => {
      const id = (await underNotice()).at(-1);
      if (id === undefined) return;
      const call = () => notice.connect(stage.person()).object(id, REASON);
      const refusals = ["Notice_Over", "Notice_StruckOff", "Notice_Inactive", "Notice_OwnAsset"];
      await stage.attempt(name, call, refusals);
    },
    decide: async (name) => {
      const open = await openObjection();
      if (open === undefined) return;
      const upheld = stage.random(4) === 0;
      const call = () => notice.connect(registrar).decide(open.id, open.number, upheld, REASON);
      await stage.attempt(name, call, ["Notice_DecisionOverdue", "Notice_StruckOff"]);
    },
    lapse: async (name) => {
      const open = await openObjection();
      if (open === undefined) return;
      await stage.attempt(name, () => notice.lapse(open.id, open.number), ["Notice_NotOverdue"]);
    },
    close: async (name) => {
      const noticed = await underNotice();
      const id = noticed[stage.random(noticed.length)] ?? stage.id();
      await stage.attempt(name, () => notice.close(id), [
        "Notice_Running",
        "Notice_NotUnderNotice",
        "Notice_AlreadyClosed",
      ]);
    },
    takeDeposit: async (name) => {
      for (const person of people) {
        for (const money of stage.world.currencies) {
          if ((await notice.depositOf(person, money)) === 0n) continue;
          await stage.attempt(name, () => notice.connect(person).withdraw(person, money, person), ["Notice_Inactive"]);
          return;
        }
      }
    },
    freeze: async (name) => {
      const [account, id, units] = [stage.person(), stage.id(), BigInt(1 + stage.random(200))];
      await stage.attempt(name, () => supervision.connect(supervisor).freeze(account, id, units, REASON), []);
    },
    release: async (name) => {
      const [account, id] = [stage.person(), stage.id()];
      const call = () => supervision.connect(supervisor).release(account, id, REASON);
      await stage.attempt(name, call, ["Supervision_NotFrozen"]);
    },
    suspendAsset: async (name) => {
      if (stage.random(3) !== 0) return;
      await stage.attempt(name, () => supervision.connect(supervisor).suspend(stage.id(), REASON), []);
    },
    reinstateAsset: async (name) => {
      const call = () => supervision.connect(supervisor).reinstate(stage.id(), REASON);
      await stage.attempt(name, call, ["Supervision_NotSuspended"]);
    },
    force: async (name) => {
      const id = stage.id();
      const move = { from: await stage.holder(id), to: stage.person(), id, units: stage.units(), reason: REASON };
      await stage.attempt("proposeMove", () => supervision.connect(registrar).proposeMove(move), [
        "Supervision_AlreadyProposed",
      ]);
      if (stage.random(4) === 0) {
        await stage.attempt("withdrawMove", () => supervision.connect(registrar).withdrawMove(move), []);
        return;
      }
      await passWindow(WINDOWS.moveWindow);
      const allowed = ["ERC1155InsufficientBalance", "ERC7943CannotReceive", "Assets_UnderNotice"];
      await stage.attempt(name, () => supervision.connect(supervisor).carryOutMove(move), allowed);
    },
    vote: async (name) => {
      const id = ids[stage.random(3)]!;
      const voter = await largestHolder(id);
      const held = await assets.balanceOf(voter, id);
      const units = stage.random(4) !== 0 ? held : stage.units();
      const call = () => votes.connect(voter).vote(id, stage.person(), units);
      const refusals = ["Votes_Inactive", "Votes_OperatorAlready", "Votes_NoUnits", "Votes_NotEnoughFree"];
      await stage.attempt(name, call, refusals);
    },
    unvote: async (name) => {
      const id = stage.id();
      const voter = await stage.holder(id);
      await stage.attempt(name, () => votes.connect(voter).withdraw(id), ["Votes_NothingLocked"]);
    },
    replace: async (name) => {
      for (const id of ids) {
        const [candidate] = await votes.majorityOf(id);
        if (candidate === ethers.ZeroAddress) continue;
        if (stage.random(2) === 0) await passWindow(WINDOWS.voteWindow);
        await stage.attempt(name, () => votes.replace(id), ["Votes_WindowRunning", "Votes_Inactive"]);
        return;
      }
    },
    certify: async (name) => {
      const id = stage.id();
      const calls = [
        () => certificates.connect(registrar).issue(id, TERM),
        () => certificates.connect(registrar).renew(id, TERM),
        () => certificates.connect(registrar).withdraw(id, REASON),
        () => certificates.connect(registrar).setSigningKey(PROVINCE, hashText(`key ${stage.random(1_000)}`)),
      ];
      await stage.attempt(name, calls[stage.random(8) % 4]!, [
        ...["Certificates_AlreadyIssued", "Certificates_NotIssued", "Certificates_NotRegistered"],
        ...["Certificates_UnderNotice", "Certificates_NotLater"],
      ]);
    },
    succession: async (name) => {
      if (stage.random(8) !== 0) return;
      const [account, successor] = [stage.person(), stage.person()];
      const allowed = ["Participants_OwnSuccessor", "Participants_SuccessorInactive", "Participants_WrongStatus"];
      const call = () => participants.connect(registrar).proposeSuccessor(account, successor, REASON);
      await stage.attempt(name, call, allowed);
    },
    objectToSuccession: async (name) => {
      const account = (await withProposal())[0] ?? stage.person();
      const allowed = ["Participants_NoSuccessionProposed", "Participants_AlreadyObjected"];
      await stage.attempt(name, () => participants.connect(account).objectToSuccession(), allowed);
    },
    withdrawSuccessor: async (name) => {
      if (stage.random(2) !== 0) return;
      const account = (await withProposal())[0] ?? stage.person();
      const call = () => participants.connect(registrar).withdrawSuccessor(account);
      await stage.attempt(name, call, ["Participants_NoSuccessionProposed"]);
    },
    succeed: async (name) => {
      for (const person of people) {
        const { successor } = await participants.successionOf(person);
        // Some must stay who can act.
        if (successor === ethers.ZeroAddress || (await succeeded()) > 1) continue;
        if (stage.random(2) === 0) await passWindow(WINDOWS.successionWindow);
        const call = () => participants.recordSuccessor(person);
        await stage.attempt(name, call, ["Participants_SuccessionPending", "Participants_SuccessorInactive"]);
        return;
      }
    },
    handOver: async (name) => {
      for (const person of people) {
        if ((await participants.successorOf(person)) === ethers.ZeroAddress) continue;
        await stage.attempt(name, () => assets.handOver(person, [stage.id(), stage.id()]), ["Assets_Inactive"]);
        return;
      }
    },
  };

  async function openObjection() {
    for (const id of ids) {
      const { objections } = await notice.proceedingOf(id);
      for (let number = 1n; number <= objections; number++) {
        if ((await notice.objectionOf(id, number)).state === 1n) return { id, number };
      }
    }
    return undefined;
  }

  async function largestHolder(id: bigint) {
    const held = await Promise.all(people.map((person) => assets.balanceOf(person, id)));
    const most = held.reduce((best, units, i) => (units > held[best]! ? i : best), 0);
    return people[most]!;
  }

  async function underNotice() {
    const found = [];
    for (const id of ids) if ((await notice.proceedingOf(id)).end !== 0n) found.push(id);
    return found;
  }

  async function withProposal() {
    const found = [];
    for (const person of people) {
      if ((await participants.successionOf(person)).successor !== ethers.ZeroAddress) found.push(person);
    }
    return found;
  }

  async function succeeded(): Promise<number> {
    const successors = await Promise.all(people.map((person) => participants.successorOf(person)));
    return successors.filter((successor) => successor !== ethers.ZeroAddress).length;
  }
}
