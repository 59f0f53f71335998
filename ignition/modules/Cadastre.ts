import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { FUNCTION_ROLES, ROLES } from "../roles.ts";
import Access from "./Access.ts";
import Assets from "./Assets.ts";
import Licences from "./Licences.ts";
import Market from "./Market.ts";
import Participants from "./Participants.ts";
import Policies from "./Policies.ts";
import Provenance from "./Provenance.ts";

/**
 * Deploys everything and hands the AccessManager over, so that the deployer is left with no power.
 *
 * Parameters: `admin`, `authority`, `steward`, `supervisor`, `guardian` (addresses); `adminDelay`, `stewardDelay`
 * (seconds between scheduling and execution).
 */
export default buildModule("Cadastre", (m) => {
  const { manager } = m.useModule(Access);
  const { participants, credentials } = m.useModule(Participants);
  const { assets, currencies, consents, policies, notice, supervision, votes, certificates } = m.useModule(Assets);
  const { jurisdiction } = m.useModule(Policies);
  const { provenance } = m.useModule(Provenance);
  const { licences, disputes, subscriptions, gate } = m.useModule(Licences);
  const { market } = m.useModule(Market);
  const offices = { policies, notice, supervision };
  const contracts = { participants, credentials, currencies, ...offices, assets, jurisdiction, licences, market };

  const done = [];
  for (const [name, role] of Object.entries(ROLES).filter(([, { id }]) => id !== ROLES.ADMIN.id)) {
    const delay = role.delayParameter === undefined ? 0 : m.getParameter(role.delayParameter);
    done.push(
      m.call(manager, "labelRole", [role.id, name], { id: `label_${name}` }),
      m.call(manager, "grantRole", [role.id, m.getParameter(role.accountParameter), delay], { id: `grant_${name}` }),
    );
    if (role.guarded) {
      done.push(m.call(manager, "setRoleGuardian", [role.id, ROLES.GUARDIAN.id], { id: `guard_${name}` }));
    }
  }
  for (const { contract, role, selectors } of FUNCTION_ROLES) {
    done.push(
      m.call(manager, "setTargetFunctionRole", [contracts[contract], selectors, ROLES[role].id], {
        id: `allow_${contract}_${role}`,
        // Which calls restricted functions while the deployer still may.
        after: [Licences],
      }),
    );
  }
  const adminGranted = m.call(
    manager,
    "grantRole",
    [ROLES.ADMIN.id, m.getParameter("admin"), m.getParameter("adminDelay")],
    { id: "grant_ADMIN", after: done },
  );
  m.call(manager, "renounceRole", [ROLES.ADMIN.id, m.getAccount(0)], {
    id: "deployer_renounces",
    after: [adminGranted],
  });

  return {
    ...{ manager, participants, credentials, currencies, gate, assets, provenance, market },
    ...{
      policies,
      notice,
      supervision,
      votes,
      certificates,
      jurisdiction,
      licences,
      disputes,
      subscriptions,
      consents,
    },
  };
});
