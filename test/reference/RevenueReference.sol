// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Revenue as one would write it down on paper: each distribution walks over all holders, and nothing is rounded.
/// @dev Amounts are kept as numerators over the supply. Knows nothing of packed words, totals or when holdings are settled.
contract RevenueReference {
    uint256 public immutable SUPPLY;

    address[] private _holders;
    mapping(address holder => bool) private _listed;
    mapping(address holder => uint256) public unitsOf;
    /// @dev Exact revenue so far, times the supply.
    mapping(address holder => uint256) public earned;
    mapping(address holder => uint256) public claimed;
    /// @dev How often a holder's revenue may have been rounded down.
    mapping(address holder => uint256) public settlements;

    constructor(address holder, uint256 supply) {
        SUPPLY = supply;
        unitsOf[holder] = supply;
        _list(holder);
    }

    function distribute(uint256 amount) external {
        for (uint256 i = 0; i < _holders.length; ++i) earned[_holders[i]] += unitsOf[_holders[i]] * amount;
    }

    function transfer(address from, address to, uint256 units) external {
        if (from == to || units == 0) return;
        unitsOf[from] -= units;
        unitsOf[to] += units;
        ++settlements[from];
        ++settlements[to];
        _list(to);
    }

    function claim(address holder, uint256 amount) external {
        claimed[holder] += amount;
        ++settlements[holder];
    }

    /// @notice Whether an account's revenue, claimed and claimable together, is at most what it earned, and less than one base
    /// unit short of it for each settlement, the one that the view makes included.
    function allows(address holder, uint256 claimable) external view returns (bool) {
        uint256 received = (claimed[holder] + claimable) * SUPPLY;
        if (received > earned[holder]) return false;
        return earned[holder] - received < (settlements[holder] + 1) * SUPPLY;
    }

    function _list(address holder) private {
        if (_listed[holder]) return;
        _listed[holder] = true;
        _holders.push(holder);
    }
}
