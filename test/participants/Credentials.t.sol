// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Credential, DelegatedIssuance, Issuance, SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {ICredentialRegistry} from "../../contracts/participants/ICredentialRegistry.sol";
import {AnsweringReceiver} from "../../contracts/mocks/AnsweringReceiver.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";
import {CredentialTest} from "./CredentialTest.sol";

/// @notice Schemas, accreditation, and the life of a credential.
contract CredentialsTest is CredentialTest {
    SchemaId private constant UNKNOWN = SchemaId.wrap(keccak256("unknown"));

    function setUp() public {
        setUpRegistry();
    }

    function test_CRD_01_aSchemaIsTheHashOfNameAndUri() public {
        SchemaId expected = SchemaId.wrap(keccak256(abi.encode("Land", "urn:land")));
        vm.expectEmit(true, true, true, true, address(registry));
        emit ICredentialRegistry.SchemaOpened(expected, "Land", "urn:land");
        SchemaId opened = registry.openSchema("Land", "urn:land");
        equal(SchemaId.unwrap(opened), SchemaId.unwrap(expected), "id");
        equal(SchemaId.unwrap(registry.schemaIdOf("Land", "urn:land")), SchemaId.unwrap(expected), "foretold");
        (string memory name, string memory uri) = registry.schemaOf(opened);
        equal(keccak256(abi.encode(name, uri)), SchemaId.unwrap(expected), "reads back");
        (name, uri) = registry.schemaOf(UNKNOWN);
        equal(bytes(name).length + bytes(uri).length, 0, "not open");
    }

    function test_CRD_02_aSchemaHasANameAndIsOpenedOnce() public {
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_NoName.selector));
        registry.openSchema("", "urn:tax");
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_SchemaExists.selector, tax));
        registry.openSchema("Tax", "urn:tax");
        registry.openSchema("Tax", "urn:tax:2");
    }

    function test_CRD_03_anIssuerIsAccreditedOnceForAnOpenSchema() public {
        isTrue(!registry.isAccredited(health, FIRST), "not yet");
        vm.expectEmit(true, true, true, true, address(registry));
        emit ICredentialRegistry.IssuerAccredited(health, FIRST);
        registry.accredit(health, FIRST);
        isTrue(registry.isAccredited(health, FIRST), "accredited");
        vm.expectRevert(
            abi.encodeWithSelector(ICredentialRegistry.Credentials_AlreadyAccredited.selector, health, FIRST)
        );
        registry.accredit(health, FIRST);
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_SchemaUnknown.selector, UNKNOWN));
        registry.accredit(UNKNOWN, FIRST);
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_ZeroAddress.selector));
        registry.accredit(tax, address(0));
    }

    function test_CRD_04_anAccreditationIsWithdrawnWithAReasonWhereThereIsOne() public {
        vm.expectEmit(true, true, true, true, address(registry));
        emit ICredentialRegistry.AccreditationWithdrawn(tax, FIRST, REASON);
        registry.withdrawAccreditation(tax, FIRST, REASON);
        isTrue(!registry.isAccredited(tax, FIRST) && registry.isAccredited(tax, SECOND), "this one alone");
        vm.expectRevert(_notAccredited(tax, FIRST));
        registry.withdrawAccreditation(tax, FIRST, REASON);
    }

    function test_CRD_05_anIssueIsRecordedAnnouncedAndValid() public {
        explained(SUBJECT, tax, ICredentialRegistry.Credentials_Missing.selector);
        vm.expectEmit(true, true, true, true, address(registry));
        emit ICredentialRegistry.CredentialIssued(tax, SUBJECT, FIRST, NOW, END, CLAIM);
        issueAs(FIRST, issuanceOf(tax));
        stands(tax, Credential(FIRST, NOW, END, false, CLAIM));
        explained(SUBJECT, tax, 0);
        explained(SUBJECT, health, ICredentialRegistry.Credentials_Missing.selector);
        explained(FIRST, tax, ICredentialRegistry.Credentials_Missing.selector);
    }

    function test_CRD_06_onlyAnIssuerAccreditedForTheSchemaIssues() public {
        vm.expectRevert(_notAccredited(health, FIRST));
        issueAs(FIRST, issuanceOf(health));
        vm.expectRevert(_notAccredited(tax, SUBJECT));
        issueAs(SUBJECT, issuanceOf(tax));
        vm.expectRevert(_notAccredited(tax, address(this)));
        registry.issue(issuanceOf(tax));
        registry.withdrawAccreditation(tax, FIRST, REASON);
        vm.expectRevert(_notAccredited(tax, FIRST));
        issueAs(FIRST, issuanceOf(tax));
    }

    function test_CRD_07_anIssueNamesASubjectAnOpenSchemaAndAnEndToCome() public {
        Issuance memory issuance = issuanceOf(UNKNOWN);
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_SchemaUnknown.selector, UNKNOWN));
        issueAs(FIRST, issuance);
        (issuance.schema, issuance.subject) = (tax, address(0));
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_ZeroAddress.selector));
        issueAs(FIRST, issuance);
        (issuance.subject, issuance.validUntil) = (SUBJECT, NOW - 1);
        vm.expectRevert(_past(NOW - 1));
        issueAs(FIRST, issuance);
        issuance.validUntil = NOW;
        issueAs(FIRST, issuance);
        explained(SUBJECT, tax, 0);
    }

    function test_CRD_08_aCredentialIsValidToItsLastSecond() public {
        issueAs(FIRST, issuanceOf(tax));
        vm.warp(END);
        explained(SUBJECT, tax, 0);
        vm.warp(END + 1);
        explained(SUBJECT, tax, ICredentialRegistry.Credentials_Expired.selector);
    }

    function test_CRD_09_aCredentialIsValidWhileItsIssuerIsAccredited() public {
        issueAs(FIRST, issuanceOf(tax));
        registry.withdrawAccreditation(tax, FIRST, REASON);
        explained(SUBJECT, tax, ICredentialRegistry.Credentials_NotAccredited.selector);
        registry.accredit(health, FIRST);
        explained(SUBJECT, tax, ICredentialRegistry.Credentials_NotAccredited.selector);
        registry.accredit(tax, FIRST);
        explained(SUBJECT, tax, 0);
    }

    function test_CRD_10_aValidCredentialOfAnotherIssuerIsNotReplaced() public {
        issueAs(FIRST, issuanceOf(tax));
        vm.warp(END);
        Issuance memory later = issuanceOf(tax);
        later.validUntil = END + 1;
        vm.expectRevert(
            abi.encodeWithSelector(ICredentialRegistry.Credentials_HeldFromAnother.selector, tax, SUBJECT, FIRST)
        );
        issueAs(SECOND, later);
        stands(tax, Credential(FIRST, NOW, END, false, CLAIM));
        later.schema = health;
        issueAs(SECOND, later);
        explained(SUBJECT, health, 0);
    }

    function test_CRD_11_anotherIssuerReplacesWhatHasExpiredOrLostItsAccreditation() public {
        issueAs(FIRST, issuanceOf(tax));
        vm.warp(END + 1);
        issueAs(SECOND, Issuance(SUBJECT, tax, END + 10, REASON));
        stands(tax, Credential(SECOND, END + 1, END + 10, false, REASON));

        registry.withdrawAccreditation(tax, SECOND, REASON);
        issueAs(FIRST, Issuance(SUBJECT, tax, END + 20, CLAIM));
        stands(tax, Credential(FIRST, END + 1, END + 20, false, CLAIM));
    }

    function test_CRD_12_aRevokedCredentialComesBackThroughItsIssuerWhileThatOneIsAccredited() public {
        issueAs(FIRST, issuanceOf(tax));
        revokeAs(FIRST, tax);
        Issuance memory again = issuanceOf(tax);
        bytes memory refusal = abi.encodeWithSelector(
            ICredentialRegistry.Credentials_RevokedByAnother.selector,
            tax,
            SUBJECT,
            FIRST
        );
        vm.expectRevert(refusal);
        issueAs(SECOND, again);
        vm.warp(END + 1);
        again.validUntil = END + 1;
        vm.expectRevert(refusal);
        issueAs(SECOND, again);
        issueAs(FIRST, again);
        explained(SUBJECT, tax, 0);

        revokeAs(FIRST, tax);
        registry.withdrawAccreditation(tax, FIRST, REASON);
        issueAs(SECOND, again);
        stands(tax, Credential(SECOND, END + 1, END + 1, false, CLAIM));
    }

    function test_CRD_13_anIssuerReplacesItsOwnCredential() public {
        issueAs(FIRST, issuanceOf(tax));
        vm.warp(NOW + 1);
        issueAs(FIRST, Issuance(SUBJECT, tax, NOW + 5, REASON));
        stands(tax, Credential(FIRST, NOW + 1, NOW + 5, false, REASON));
    }

    function test_CRD_14_aRenewalSetsTheEndAndNothingElse() public {
        issueAs(FIRST, issuanceOf(tax));
        vm.warp(END + 1);
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_EndsInThePast.selector, END, END + 1));
        _renewAs(FIRST, END);
        vm.expectEmit(true, true, true, true, address(registry));
        emit ICredentialRegistry.CredentialRenewed(tax, SUBJECT, FIRST, END + 1);
        _renewAs(FIRST, END + 1);
        stands(tax, Credential(FIRST, NOW, END + 1, false, CLAIM));
        explained(SUBJECT, tax, 0);
    }

    function test_CRD_15_onlyItsAccreditedIssuerRenewsAndNothingThatWasRevoked() public {
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_Missing.selector, tax, SUBJECT));
        _renewAs(FIRST, END);
        issueAs(FIRST, issuanceOf(tax));
        vm.expectRevert(_notIssuer(SECOND));
        _renewAs(SECOND, END + 1);
        vm.expectRevert(_notIssuer(SUBJECT));
        _renewAs(SUBJECT, END + 1);
        registry.withdrawAccreditation(tax, FIRST, REASON);
        vm.expectRevert(_notAccredited(tax, FIRST));
        _renewAs(FIRST, END + 1);
        registry.accredit(tax, FIRST);
        revokeAs(FIRST, tax);
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_Revoked.selector, tax, SUBJECT));
        _renewAs(FIRST, END + 1);
    }

    function test_CRD_16_aRevocationIsAnnouncedAndFinal() public {
        issueAs(FIRST, issuanceOf(tax));
        vm.expectEmit(true, true, true, true, address(registry));
        emit ICredentialRegistry.CredentialRevoked(tax, SUBJECT, FIRST, REASON);
        revokeAs(FIRST, tax);
        stands(tax, Credential(FIRST, NOW, END, true, CLAIM));
        explained(SUBJECT, tax, ICredentialRegistry.Credentials_Revoked.selector);
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_Revoked.selector, tax, SUBJECT));
        revokeAs(FIRST, tax);
    }

    function test_CRD_17_onlyItsIssuerRevokesAccreditedOrNot() public {
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_Missing.selector, tax, SUBJECT));
        revokeAs(FIRST, tax);
        issueAs(FIRST, issuanceOf(tax));
        vm.expectRevert(_notIssuer(SECOND));
        revokeAs(SECOND, tax);
        vm.expectRevert(_notIssuer(SUBJECT));
        revokeAs(SUBJECT, tax);
        vm.expectRevert(_notIssuer(address(this)));
        registry.revoke(SUBJECT, tax, REASON);
        registry.withdrawAccreditation(tax, FIRST, REASON);
        revokeAs(FIRST, tax);
        registry.accredit(tax, FIRST);
        explained(SUBJECT, tax, ICredentialRegistry.Credentials_Revoked.selector);
    }

    /// @dev The subject brings an issuer of its own, which vouches for every signature.
    function test_CRD_18_aSubjectCannotChooseItsIssuer() public {
        address vouching = address(new AnsweringReceiver(0x1626ba7e));
        DelegatedIssuance memory d = delegated();
        d.issuer = vouching;
        vm.expectRevert(_notAccredited(tax, vouching));
        registry.issueBySignature(d, "");
        vm.expectRevert(_notAccredited(tax, vouching));
        issueAs(vouching, issuanceOf(tax));

        registry.accredit(health, vouching);
        d.schema = health;
        registry.issueBySignature(d, "");
        explained(SUBJECT, health, 0);
        explained(SUBJECT, tax, ICredentialRegistry.Credentials_Missing.selector);
        registry.withdrawAccreditation(health, vouching, REASON);
        explained(SUBJECT, health, ICredentialRegistry.Credentials_NotAccredited.selector);
    }

    function test_CRD_19_theFirstReasonOfSeveralIsGiven() public {
        issueAs(FIRST, issuanceOf(tax));
        issueAs(SECOND, issuanceOf(health));
        registry.withdrawAccreditation(tax, FIRST, REASON);
        registry.withdrawAccreditation(health, SECOND, REASON);
        vm.warp(END + 1);
        explained(SUBJECT, tax, ICredentialRegistry.Credentials_Expired.selector);
        revokeAs(SECOND, health);
        explained(SUBJECT, health, ICredentialRegistry.Credentials_Revoked.selector);
        explained(SUBJECT, UNKNOWN, ICredentialRegistry.Credentials_Missing.selector);
    }

    function _renewAs(address issuer, uint48 validUntil) private {
        vm.prank(issuer);
        registry.renew(SUBJECT, tax, validUntil);
    }

    function _notAccredited(SchemaId schema, address issuer) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICredentialRegistry.Credentials_NotAccredited.selector, schema, issuer);
    }

    function _notIssuer(address caller) private view returns (bytes memory) {
        return abi.encodeWithSelector(ICredentialRegistry.Credentials_NotIssuer.selector, tax, SUBJECT, FIRST, caller);
    }

    function _past(uint48 validUntil) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICredentialRegistry.Credentials_EndsInThePast.selector, validUntil, NOW);
    }
}
