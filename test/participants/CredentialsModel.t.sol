// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Credential, Issuance} from "../../contracts/participants/CredentialTypes.sol";
import {ICredentialRegistry} from "../../contracts/participants/ICredentialRegistry.sol";
import {Draws} from "../support/Draws.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";
import {CredentialTest} from "./CredentialTest.sol";

/// @notice Random operations on one schema and one subject, compared with a model of a few lines.
contract CredentialsModelTest is CredentialTest, Draws {
    uint256 private constant STEPS = 24;

    struct Model {
        address issuer;
        uint40 issuedAt;
        uint48 end;
        bool revoked;
    }

    Model private _model;
    mapping(address issuer => bool) private _accredited;
    uint40 private _time;

    function setUp() public {
        setUpRegistry();
        (_accredited[FIRST], _accredited[SECOND]) = (true, true);
        _time = NOW;
    }

    function testFuzz_CRD_30_everySequenceLeadsWhereTheModelSays(uint256 seed) public {
        seedDraws(seed);
        for (uint256 i = 0; i < STEPS; ++i) {
            if (draw(4) == 0) {
                _time += uint40(draw(40));
                vm.warp(_time);
            }
            if (draw(4) == 0) _toggle(_issuer());
            else _act(_issuer(), draw(3), _time + uint48(draw(40)) - 5);
            _compare();
        }
    }

    function _toggle(address issuer) private {
        if (_accredited[issuer]) registry.withdrawAccreditation(tax, issuer, REASON);
        else registry.accredit(tax, issuer);
        _accredited[issuer] = !_accredited[issuer];
    }

    function _act(address caller, uint256 kind, uint48 end) private {
        bytes memory data = abi.encodeCall(ICredentialRegistry.revoke, (SUBJECT, tax, REASON));
        if (kind == 0) data = abi.encodeCall(ICredentialRegistry.issue, (Issuance(SUBJECT, tax, end, CLAIM)));
        if (kind == 1) data = abi.encodeCall(ICredentialRegistry.renew, (SUBJECT, tax, end));
        vm.prank(caller);
        (bool done, ) = address(registry).call(data);
        isTrue(done == _expect(caller, kind, end), "went through");
    }

    function _expect(address caller, uint256 kind, uint48 end) private returns (bool) {
        Model memory m = _model;
        if (kind == 0) {
            bool free = m.issuer == caller || !_accredited[m.issuer] || (!m.revoked && m.end < _time);
            if (!_accredited[caller] || end < _time || !free) return false;
            _model = Model(caller, _time, end, false);
            return true;
        }
        if (m.issuer != caller || m.revoked) return false;
        if (kind == 2) {
            _model.revoked = true;
            return true;
        }
        if (!_accredited[caller] || end < _time) return false;
        _model.end = end;
        return true;
    }

    function _compare() private view {
        Model memory m = _model;
        Credential memory c = registry.credentialOf(SUBJECT, tax);
        equal(c.issuer, m.issuer, "issuer");
        equal(c.issuedAt, m.issuedAt, "issued");
        equal(c.validUntil, m.end, "end");
        isTrue(c.revoked == m.revoked, "revoked");
        equal(c.claimHash, m.issuer == address(0) ? bytes32(0) : CLAIM, "claim");
        bytes4 reason = 0;
        if (m.issuer == address(0)) reason = ICredentialRegistry.Credentials_Missing.selector;
        else if (m.revoked) reason = ICredentialRegistry.Credentials_Revoked.selector;
        else if (m.end < _time) reason = ICredentialRegistry.Credentials_Expired.selector;
        else if (!_accredited[m.issuer]) reason = ICredentialRegistry.Credentials_NotAccredited.selector;
        explained(SUBJECT, tax, reason);
        explained(SUBJECT, health, ICredentialRegistry.Credentials_Missing.selector);
    }

    /// @dev The third was never accredited, at first.
    function _issuer() private returns (address) {
        return [FIRST, SECOND, address(0x3)][draw(3)];
    }
}
