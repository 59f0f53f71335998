// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The cheat codes of halmos that these proofs use.
interface Svm {
    /// @notice Lets every slot of this account have any value.
    function enableSymbolicStorage(address account) external;
    /// @notice A call with any arguments of any function that changes state.
    function createCalldata(string calldata contractName) external returns (bytes memory data);
}

Svm constant svm = Svm(address(uint160(uint256(keccak256("svm cheat code")))));
