// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A currency that changes its ways after admission.
contract MoodyCurrency is ERC20 {
    enum Mood {
        Honest,
        /// @dev Keeps one base unit of each transfer.
        TakesFee,
        /// @dev Moves nothing and says so.
        AnswersFalse,
        /// @dev Moves nothing and says that it did.
        Lies,
        Reverts,
        /// @dev Moves what it should and answers nothing.
        Mute
    }

    error Moody_Refused();

    Mood public mood;

    constructor() ERC20("Moody", "MOOD") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setMood(Mood newMood) external {
        mood = newMood;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        return _act(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        if (mood != Mood.AnswersFalse && mood != Mood.Lies) _spendAllowance(from, msg.sender, amount);
        return _act(from, to, amount);
    }

    function _act(address from, address to, uint256 amount) private returns (bool) {
        if (mood == Mood.Reverts) revert Moody_Refused();
        if (mood == Mood.AnswersFalse) return false;
        if (mood == Mood.Lies) return true;
        _transfer(from, to, amount);
        if (mood == Mood.TakesFee) _burn(to, 1);
        if (mood != Mood.Mute) return true;
        // Ends the call without an answer.
        assembly ("memory-safe") {
            return(0, 0)
        }
    }
}
