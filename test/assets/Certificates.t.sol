// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Asset} from "../../contracts/assets/AssetTypes.sol";
import {CertificateStatus} from "../../contracts/assets/CertificateTypes.sol";
import {ICertificates} from "../../contracts/assets/ICertificates.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {Check} from "../reference/Check.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice The status of a certificate, and its term, against what they are defined as.
contract CertificatesTest is SystemTest {
    uint48 private constant MAX_TERM = 3_653 days;

    address private holder = address(0xA11CE);
    AssetId private id;

    function setUp() public {
        setUpSystem();
        enrol(holder);
        id = registerAsset(holder, 1_000, "asset");
    }

    /// @notice CRT-09 Withdrawn, struck off, suspended, expired: the first of these that is true, and valid where none is.
    function testFuzz_CRT_09_theGravestStatusIsShown(uint32 term, uint32 passed, uint8 facts) public {
        term = 1 + (term % (2 * uint32(FREEZE_TERM)));
        passed = passed % (3 * uint32(FREEZE_TERM));
        certificates.issue(id, term);
        uint256 start = block.timestamp;
        if (facts & 1 != 0) certificates.withdraw(id, "reason");
        if (facts & 2 != 0) {
            vm.prank(SUPERVISOR);
            supervision.suspend(id, "reason");
        }
        vm.warp(start + passed);
        // Nothing that has a certificate is ever struck off: the notice was over before. Asked of a register that says so.
        if (facts & 4 != 0) _mockStruck();
        CertificateStatus expected = CertificateStatus.Valid;
        if (passed > term) expected = CertificateStatus.Expired;
        if (facts & 2 != 0 && passed < FREEZE_TERM) expected = CertificateStatus.Suspended;
        if (facts & 4 != 0) expected = CertificateStatus.StruckOff;
        if (facts & 1 != 0) expected = CertificateStatus.Withdrawn;
        Check.same(uint256(_status()), uint256(expected), "status");
        vm.clearMockedCalls();
    }

    function test_CRT_09_aStruckAssetsCertificateSaysSo() public {
        certificates.issue(id, 10);
        _mockStruck();
        Check.same(uint256(_status()), uint256(CertificateStatus.StruckOff), "struck off");
        vm.warp(block.timestamp + 11);
        Check.same(uint256(_status()), uint256(CertificateStatus.StruckOff), "expired as well");
        vm.clearMockedCalls();
    }

    /// @notice CRT-07 A term is from one second to 3,653 days from now, at issue and at each renewal.
    function testFuzz_CRT_07_termsHaveBounds(uint48 term, uint48 renewal, uint32 passed) public {
        term = uint48(term % (2 * uint256(MAX_TERM)));
        bool fits = term != 0 && term <= MAX_TERM;
        if (!fits)
            vm.expectRevert(abi.encodeWithSelector(ICertificates.Certificates_TermInvalid.selector, term, MAX_TERM));
        certificates.issue(id, term);
        if (!fits) return;
        uint48 until = uint48(block.timestamp) + term;
        Check.same(certificates.certificate(id).validUntil, until, "issued");
        vm.warp(block.timestamp + (passed % MAX_TERM));
        renewal = uint48(renewal % (2 * uint256(MAX_TERM)));
        uint48 renewed = uint48(block.timestamp) + renewal;
        if (renewal == 0 || renewal > MAX_TERM) {
            vm.expectRevert(abi.encodeWithSelector(ICertificates.Certificates_TermInvalid.selector, renewal, MAX_TERM));
        } else if (renewed <= until) {
            vm.expectRevert(abi.encodeWithSelector(ICertificates.Certificates_NotLater.selector, id, until, renewed));
        }
        certificates.renew(id, renewal);
        bool longer = renewal != 0 && renewal <= MAX_TERM && renewed > until;
        Check.same(certificates.certificate(id).validUntil, longer ? renewed : until, "renewed");
    }

    function _status() private view returns (CertificateStatus) {
        return certificates.certificate(id).status;
    }

    function _mockStruck() private {
        Asset memory asset = assets.assetOf(id);
        asset.status = AssetStatus.Struck;
        vm.mockCall(address(assets), abi.encodeCall(assets.assetOf, (id)), abi.encode(asset));
    }
}
