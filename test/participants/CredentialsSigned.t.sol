// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {CredentialRegistry} from "../../contracts/participants/CredentialRegistry.sol";
import {Credential, DelegatedIssuance, SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {ICredentialRegistry} from "../../contracts/participants/ICredentialRegistry.sol";
import {AnsweringReceiver} from "../../contracts/mocks/AnsweringReceiver.sol";
import {BurningMaker} from "../../contracts/mocks/BurningMaker.sol";
import {ContractOperator} from "../../contracts/mocks/ContractOperator.sol";
import {RevertingReceiver} from "../../contracts/mocks/RevertingReceiver.sol";
import {isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";
import {CredentialTest} from "./CredentialTest.sol";

/// @notice Credentials that an issuer signs and somebody else submits.
contract CredentialsSignedTest is CredentialTest {
    address private constant ANYONE = address(0xA7);

    function setUp() public {
        setUpRegistry();
    }

    function test_CRD_20_anyoneSubmitsWhatAnIssuerSigned() public {
        DelegatedIssuance memory d = delegated();
        bytes memory signature = signed(FIRST_KEY, d);
        vm.expectEmit(true, true, true, true, address(registry));
        emit ICredentialRegistry.IssueNonceSpent(FIRST, d.nonce);
        vm.expectEmit(true, true, true, true, address(registry));
        emit ICredentialRegistry.CredentialIssued(tax, SUBJECT, FIRST, NOW, END, CLAIM);
        _submit(d, signature);
        stands(tax, Credential(FIRST, NOW, END, false, CLAIM));
        explained(SUBJECT, tax, 0);
    }

    function test_CRD_21_aSignatureIsUsedOnce() public {
        DelegatedIssuance memory d = delegated();
        bytes memory signature = signed(FIRST_KEY, d);
        _submit(d, signature);
        revokeAs(FIRST, tax);
        vm.expectRevert(_spent(FIRST, d.nonce));
        _submit(d, signature);
        explained(SUBJECT, tax, ICredentialRegistry.Credentials_Revoked.selector);
        d.claimHash = REASON;
        signature = signed(FIRST_KEY, d);
        vm.expectRevert(_spent(FIRST, d.nonce));
        _submit(d, signature);
    }

    function test_CRD_35_anEarlierSignatureDoesNotUndoARevocation() public {
        DelegatedIssuance memory d = delegated();
        bytes memory kept = signed(FIRST_KEY, d);
        d.nonce = 8;
        _submit(d, signed(FIRST_KEY, d));
        revokeAs(FIRST, tax);
        d.nonce = 7;
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_Revoked.selector, tax, SUBJECT));
        _submit(d, kept);
        isTrue(!registry.isNonceSpent(FIRST, 7), "no number is spent");
        issueAs(FIRST, issuanceOf(tax));
        explained(SUBJECT, tax, 0);
    }

    /// @notice CRD-22 Numbers may be used in any order, and each issuer has its own.
    function testFuzz_CRD_22_numbersAreIndependent(uint64 a, uint64 b) public {
        // Half of them lie in one word of the bitmap.
        if (b % 2 == 0) b = a ^ (1 + (b % 255));
        vm.assume(a != b);
        DelegatedIssuance memory d = delegated();
        d.nonce = a;
        _submit(d, signed(FIRST_KEY, d));
        isTrue(registry.isNonceSpent(FIRST, a), "spent");
        isTrue(!registry.isNonceSpent(FIRST, b) && !registry.isNonceSpent(SECOND, a), "that one alone");
        d.nonce = b;
        _submit(d, signed(FIRST_KEY, d));
        isTrue(registry.isNonceSpent(FIRST, a) && registry.isNonceSpent(FIRST, b), "both");
        (d.issuer, d.schema, d.nonce) = (SECOND, health, a);
        _submit(d, signed(SECOND_KEY, d));
    }

    function test_CRD_23_aCancelledNumberIsWorthless() public {
        DelegatedIssuance memory d = delegated();
        bytes memory signature = signed(FIRST_KEY, d);
        vm.prank(SECOND);
        registry.cancelNonce(d.nonce);
        isTrue(!registry.isNonceSpent(FIRST, d.nonce), "another issuer's number");
        vm.expectEmit(true, true, true, true, address(registry));
        emit ICredentialRegistry.IssueNonceSpent(FIRST, d.nonce);
        vm.prank(FIRST);
        registry.cancelNonce(d.nonce);
        vm.expectRevert(_spent(FIRST, d.nonce));
        _submit(d, signature);
        vm.expectRevert(_spent(FIRST, d.nonce));
        vm.prank(FIRST);
        registry.cancelNonce(d.nonce);
        d.nonce += 256;
        _submit(d, signed(FIRST_KEY, d));
    }

    /// @notice CRD-24 Changing any one field makes the signature one that the issuer did not give.
    function testFuzz_CRD_24_everyFieldIsSigned(uint256 field, uint256 value) public {
        DelegatedIssuance memory d = delegated();
        bytes memory signature = signed(FIRST_KEY, d);
        field %= 7;
        // Any bits will do for a field, except those it has.
        if (field == 0) d.issuer = _other(FIRST, value);
        if (field == 1) d.subject = _other(SUBJECT, value);
        if (field == 2) d.schema = SchemaId.wrap(bytes32(value));
        if (field == 3) d.validUntil = value % 2 == 0 ? END + 1 : type(uint48).max;
        if (field == 4) d.claimHash = bytes32(value);
        if (field == 5) d.nonce = uint64(_otherThan(7, value));
        if (field == 6) d.deadline = uint48(NOW + 101 + (value % 1_000));
        vm.expectRevert(_badSignature(registry.hashIssuance(d), d.issuer));
        _submit(d, signature);
        isTrue(!registry.isNonceSpent(d.issuer, d.nonce), "nothing is spent");
    }

    function test_CRD_25_aSignatureForAnotherChainIsRefused() public {
        DelegatedIssuance memory d = delegated();
        uint256 here = block.chainid;
        vm.chainId(here + 1);
        bytes memory foreign = signed(FIRST_KEY, d);
        vm.chainId(here);
        vm.expectRevert(_badSignature(registry.hashIssuance(d), FIRST));
        _submit(d, foreign);

        bytes memory signature = signed(FIRST_KEY, d);
        vm.chainId(here + 1);
        vm.expectRevert(_badSignature(registry.hashIssuance(d), FIRST));
        _submit(d, signature);
        vm.chainId(here);
        _submit(d, signature);
    }

    function test_CRD_26_aSignatureForAnotherRegistryIsRefused() public {
        DelegatedIssuance memory d = delegated();
        bytes memory signature = signed(FIRST_KEY, d);
        CredentialRegistry other = new CredentialRegistry(address(new AccessManager(address(this))));
        other.openSchema("Tax", "urn:tax");
        other.accredit(tax, FIRST);
        vm.expectRevert(_badSignature(other.hashIssuance(d), FIRST));
        other.issueBySignature(d, signature);
        _submit(d, signature);
    }

    function test_CRD_27_aSignatureIsGoodToItsDeadline() public {
        DelegatedIssuance memory d = delegated();
        bytes memory signature = signed(FIRST_KEY, d);
        vm.warp(d.deadline + 1);
        vm.expectRevert(
            abi.encodeWithSelector(ICredentialRegistry.Credentials_DeadlineOver.selector, d.deadline, d.deadline + 1)
        );
        _submit(d, signature);
        vm.warp(d.deadline);
        _submit(d, signature);
    }

    function test_CRD_28_anIssuerThatIsAContractSignsByErc1271() public {
        DelegatedIssuance memory d = delegated();
        d.issuer = address(new ContractOperator(vm.addr(77)));
        registry.accredit(tax, d.issuer);
        bytes memory foreign = signed(78, d);
        vm.expectRevert(_badSignature(registry.hashIssuance(d), d.issuer));
        _submit(d, foreign);
        _submit(d, signed(77, d));
        stands(tax, Credential(d.issuer, NOW, END, false, CLAIM));
    }

    /// @notice CRD-28 Any answer but the magic value is no: another selector, a revert, all gas gone.
    function test_CRD_28_otherAnswersAreNo() public {
        _refuses(address(new AnsweringReceiver(0xffffffff)));
        _refuses(address(new RevertingReceiver(abi.encode(bytes4(0x1626ba7e)))));
        _refuses(address(new BurningMaker()));
        _refuses(address(0));
    }

    /// @notice CRD-28 The key of an account with code (EIP-7702) counts, whatever its code says.
    function test_CRD_28_keyCountsBesideCode() public {
        DelegatedIssuance memory d = delegated();
        vm.etch(FIRST, address(new RevertingReceiver("")).code);
        _submit(d, signed(FIRST_KEY, d));
        explained(SUBJECT, tax, 0);
    }

    function test_CRD_29_aSignedIssueFollowsTheRulesOfTheMomentItIsSubmitted() public {
        DelegatedIssuance memory d = delegated();
        bytes memory signature = signed(FIRST_KEY, d);
        registry.withdrawAccreditation(tax, FIRST, REASON);
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_NotAccredited.selector, tax, FIRST));
        _submit(d, signature);
        registry.accredit(tax, FIRST);

        issueAs(SECOND, issuanceOf(tax));
        vm.expectRevert(
            abi.encodeWithSelector(ICredentialRegistry.Credentials_HeldFromAnother.selector, tax, SUBJECT, SECOND)
        );
        _submit(d, signature);
        isTrue(!registry.isNonceSpent(FIRST, d.nonce), "a refusal spends nothing");
        registry.withdrawAccreditation(tax, SECOND, REASON);
        _submit(d, signature);

        (d.nonce, d.validUntil) = (8, NOW - 1);
        signature = signed(FIRST_KEY, d);
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_EndsInThePast.selector, NOW - 1, NOW));
        _submit(d, signature);
        (d.subject, d.validUntil) = (address(0), END);
        signature = signed(FIRST_KEY, d);
        vm.expectRevert(abi.encodeWithSelector(ICredentialRegistry.Credentials_ZeroAddress.selector));
        _submit(d, signature);
    }

    function _submit(DelegatedIssuance memory d, bytes memory signature) private {
        vm.prank(ANYONE);
        registry.issueBySignature(d, signature);
    }

    function _refuses(address issuer) private {
        DelegatedIssuance memory d = delegated();
        d.issuer = issuer;
        if (issuer != address(0)) registry.accredit(tax, issuer);
        vm.expectRevert(_badSignature(registry.hashIssuance(d), issuer));
        _submit(d, "anything");
    }

    function _other(address account, uint256 value) private pure returns (address) {
        return address(uint160(_otherThan(uint160(account), value)));
    }

    function _otherThan(uint256 former, uint256 value) private pure returns (uint256) {
        value %= type(uint64).max;
        return value == former ? value + 1 : value;
    }

    function _spent(address issuer, uint64 nonce) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICredentialRegistry.Credentials_NonceSpent.selector, issuer, nonce);
    }

    function _badSignature(bytes32 hash, address issuer) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICredentialRegistry.Credentials_BadSignature.selector, hash, issuer);
    }
}
